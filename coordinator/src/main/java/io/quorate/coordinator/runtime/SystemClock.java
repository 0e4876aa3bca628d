package io.quorate.coordinator.runtime;

import io.quorate.core.port.Clock;

/** The machine's clocks. */
public final class SystemClock implements Clock {
    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public long realtimeMillis() {
        return System.currentTimeMillis();
    }
}
