package io.quorate.node.replica;

import io.quorate.core.port.Clock;

/** A clock that always tells the same. */
final class StoppedClock implements Clock {
    @Override
    public long monotonicNanos() {
        return 0;
    }

    @Override
    public long realtimeMillis() {
        return 1_000_000;
    }
}
