package io.quorate.core.message;

/** Made by the transport itself: the connection broke, and whether the request was carried out is unknown. Never on the wire. */
public record Lost() implements Reply {}
