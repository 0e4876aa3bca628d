package io.quorate.simulation;

import io.quorate.core.port.Clock;
import java.util.random.RandomGenerator;

/**
 * A machine's clocks: a monotonic one that is the virtual time, and a wall clock that is off, drifts and jumps within bounds.
 *
 * <p>It goes by stretches; each has its speed, and between two the wall clock jumps. Where they begin is drawn from its own
 * stream, so it does not matter how often it is read.
 */
final class DriftingClock implements Clock {
    /** 1 January 2026. */
    static final long EPOCH_MILLIS = 1_767_225_600_000L;

    private static final long MILLION = 1_000_000;

    private final World world;
    private final Faults.Clocks faults;
    private final RandomGenerator random;
    private long fromNanos;
    private long untilNanos;
    private long offsetNanos;
    private long ppm;

    DriftingClock(World world, Faults.Clocks faults, RandomGenerator random) {
        this.world = world;
        this.faults = faults;
        this.random = random;
        beginStretch(world.nowNanos(), faults.startMillisMax());
    }

    @Override
    public long monotonicNanos() {
        return world.nowNanos();
    }

    @Override
    public long realtimeMillis() {
        long now = world.nowNanos();
        while (now >= untilNanos) {
            offsetNanos = offsetAt(untilNanos);
            beginStretch(untilNanos, faults.jumpMillisMax());
        }
        return EPOCH_MILLIS + Math.floorDiv(now + offsetAt(now), World.NANOS_PER_MILLI);
    }

    private void beginStretch(long atNanos, long jumpMillisMax) {
        fromNanos = atNanos;
        offsetNanos = bounded(offsetNanos + upTo(jumpMillisMax * World.NANOS_PER_MILLI));
        ppm = upTo(faults.driftPpmMax());
        long length = faults.jumpEveryMillis() * World.NANOS_PER_MILLI;
        untilNanos = length == 0 ? Long.MAX_VALUE : atNanos + 1 + random.nextLong(length);
    }

    private long offsetAt(long nanos) {
        return bounded(offsetNanos + (nanos - fromNanos) * ppm / MILLION);
    }

    private long upTo(long most) {
        return random.nextLong(-most, most + 1);
    }

    private long bounded(long offset) {
        long most = faults.offsetMillisMax() * World.NANOS_PER_MILLI;
        return Math.max(-most, Math.min(most, offset));
    }
}
