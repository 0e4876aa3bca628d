package io.quorate.core.time;

/**
 * The layout of a hybrid timestamp: 43 bits of milliseconds since 1970, 14 bits of sequence, 6 bits of shard.
 *
 * <p>The shard's own bits let every shard of a node mint unique counters without talking to the others. Source: Kulkarni and
 * others, "Logical Physical Clocks" (2014).
 */
public final class HybridTime {
    public static final int SHARDS_MAX = 64;

    static final int SHARD_BITS = 6;
    static final int FRACTION_BITS = 20;
    static final long STEP = 1L << SHARD_BITS;

    private HybridTime() {}

    /** The wall-clock part: milliseconds since 1970. */
    public static long toMillis(long hybridTime) {
        return hybridTime >>> FRACTION_BITS;
    }

    /** The first hybrid time of that millisecond. */
    public static long ofMillis(long millis) {
        return millis << FRACTION_BITS;
    }
}
