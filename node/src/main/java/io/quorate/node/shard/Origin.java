package io.quorate.node.shard;

import java.util.random.RandomGenerator;

/**
 * Where an actor goes on from: what a clean stop left, or a new beginning.
 *
 * @param incarnation of the actor
 * @param lastTime the actor minted no counter, and observed no time, beyond it; zero for a new one
 */
public record Origin(long incarnation, long lastTime) {
    /** For a store that may have forgotten something: new, or not stopped cleanly, or an old copy. */
    public static Origin fresh(RandomGenerator random) {
        return new Origin(random.nextLong(), 0);
    }
}
