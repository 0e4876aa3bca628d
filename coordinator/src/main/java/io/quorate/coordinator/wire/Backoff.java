package io.quorate.coordinator.wire;

import java.util.random.RandomGenerator;

/** The pauses between attempts to reach a peer: doubling up to a bound, and spread so that many do not knock together. */
final class Backoff {
    private final int millisMin;
    private final int millisMax;
    private final RandomGenerator random;
    private int failures;

    Backoff(int millisMin, int millisMax, RandomGenerator random) {
        this.millisMin = millisMin;
        this.millisMax = millisMax;
        this.random = random;
    }

    /** Whether nothing failed since the last success. */
    boolean isFresh() {
        return failures == 0;
    }

    void reset() {
        failures = 0;
    }

    /** Counts a failure; the pause after it is between half the bound of its turn and all of it. */
    long nextMillis() {
        long bound = Math.min(millisMax, (long) millisMin << Math.min(failures, 30));
        failures++;
        return bound - random.nextLong(bound / 2 + 1);
    }
}
