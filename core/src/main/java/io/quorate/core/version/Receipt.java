package io.quorate.core.version;

/** Proof that a request of a client with an idempotency key was carried out, kept after its value is superseded. */
public record Receipt(RequestId request, Dot dot) {}
