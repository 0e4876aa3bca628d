package io.quorate.merkle;

/**
 * Joins two 64-bit values into one that depends on both and on their order. Nodes send each other what comes of it, so changing it
 * is a change of protocol.
 */
final class Mix {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private Mix() {}

    /** Never 0, which means "nothing here". With one argument fixed, different others give different results (0 and 1 apart). */
    static long join(long first, long second) {
        long hash = finish(first * GOLDEN_RATIO + second);
        return hash == 0 ? 1 : hash;
    }

    /** Stafford's variant 13 of the MurmurHash3 finalizer, known from SplittableRandom: each bit in moves half of the bits out. */
    private static long finish(long bits) {
        long hash = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return hash ^ (hash >>> 31);
    }
}
