package io.quorate.node.storage;

/** Temporary. */
public record StoreSettings(String x) {}
