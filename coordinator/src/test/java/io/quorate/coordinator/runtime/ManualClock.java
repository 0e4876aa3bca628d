package io.quorate.coordinator.runtime;

import io.quorate.core.port.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test turns by hand, from any thread. */
public final class ManualClock implements Clock {
    private final AtomicLong nanos = new AtomicLong();

    public void advanceMillis(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }

    @Override
    public long monotonicNanos() {
        return nanos.get();
    }

    @Override
    public long realtimeMillis() {
        return nanos.get() / 1_000_000;
    }
}
