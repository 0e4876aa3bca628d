package io.quorate.node.config;

import java.util.Locale;

/** When a write counts as durable. */
public enum Durability {
    /** On disk (fsync), many writes at a time: survives a power cut. */
    GROUP,
    /** Handed to the operating system, on disk a moment later: survives a crash of the process, may lose the last interval in a power cut. */
    INTERVAL,
    /** Handed to the operating system, which writes it when it likes: for tests and for data that can be made again. */
    NONE;

    /** As it is written in a configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
