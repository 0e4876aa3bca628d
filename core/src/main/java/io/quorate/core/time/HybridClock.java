package io.quorate.core.time;

import io.quorate.core.port.Clock;

/** One shard's source of strictly rising hybrid times: never behind the wall clock, nor behind anything it was shown. */
public final class HybridClock {
    private final Clock clock;
    private final int shard;
    private final long driftMillisMax;
    private long last;

    /**
     * @param last no time up to this one is given out again
     * @param driftMillisMax a stamp further ahead of the wall clock than this is somebody's broken clock
     */
    public HybridClock(Clock clock, int shard, long last, long driftMillisMax) {
        if (shard < 0 || shard >= HybridTime.SHARDS_MAX) {
            throw new IllegalArgumentException("shard " + shard + " is not in 0.." + (HybridTime.SHARDS_MAX - 1));
        }
        this.clock = clock;
        this.shard = shard;
        this.last = last;
        this.driftMillisMax = driftMillisMax;
    }

    /** A time later than every one given out or observed before. */
    public long next() {
        long floor = Math.max(last + 1, HybridTime.ofMillis(clock.realtimeMillis()));
        long candidate = (floor & -HybridTime.STEP) | shard;
        last = candidate >= floor ? candidate : candidate + HybridTime.STEP;
        return last;
    }

    /** The wall-clock part of what {@link #next} would give out: it never goes back. */
    public long nowMillis() {
        return Math.max(clock.realtimeMillis(), HybridTime.toMillis(last));
    }

    /** Takes note of a time from elsewhere, so that what follows it here is later. */
    public void observe(long hybridTime) {
        last = Math.max(last, hybridTime);
    }

    public boolean isTooFarAhead(long hybridTime) {
        return HybridTime.toMillis(hybridTime) > clock.realtimeMillis() + driftMillisMax;
    }

    /** The greatest time given out or observed. */
    public long last() {
        return last;
    }
}
