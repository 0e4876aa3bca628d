package io.quorate.simulation;

import java.util.random.RandomGenerator;

/**
 * A distribution of delays: mostly even between two bounds, now and then far out in a tail.
 *
 * @param tailChance how often it is between {@code usualMicros} and {@code tailMicros} instead
 */
public record Delay(long leastMicros, long usualMicros, double tailChance, long tailMicros) {
    public static final Delay NONE = new Delay(0, 0, 0, 0);

    private static final int NANOS_PER_MICRO = 1_000;

    public Delay {
        if (leastMicros < 0 || usualMicros < leastMicros || tailMicros < usualMicros) {
            throw new IllegalArgumentException("least <= usual <= tail, and none negative");
        }
    }

    public static Delay between(long leastMicros, long mostMicros) {
        return new Delay(leastMicros, mostMicros, 0, mostMicros);
    }

    /** Draws twice, whatever comes out, so that other parameters leave the stream in the same place. */
    long nanos(RandomGenerator random) {
        boolean tail = random.nextDouble() < tailChance;
        double place = random.nextDouble();
        long from = tail ? usualMicros : leastMicros;
        long to = tail ? tailMicros : usualMicros;
        return (long) ((from + place * (to - from)) * NANOS_PER_MICRO);
    }
}
