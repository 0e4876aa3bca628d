package io.quorate.core.port;

/** Time as one process sees it. */
public interface Clock {
    /** Nanoseconds that never run backwards; only differences mean anything. */
    long monotonicNanos();

    /** Milliseconds since 1970, which may jump either way. */
    long realtimeMillis();
}
