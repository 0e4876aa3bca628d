package io.quorate.core.version;

/**
 * The name of one write, once and for ever.
 *
 * <p>The counter is the hybrid time of the write (see {@link io.quorate.core.time.HybridTime}), so it orders the writes of one actor and dates them.
 */
public record Dot(Actor actor, long counter) implements Comparable<Dot> {
    /** By actor, then counter: the order of siblings in an answer. */
    @Override
    public int compareTo(Dot other) {
        int byActor = actor.compareTo(other.actor);
        return byActor != 0 ? byActor : Long.compare(counter, other.counter);
    }

    /** By time, then actor: total, and the same on every replica, so it can choose a last write. */
    public int compareByTime(Dot other) {
        int byTime = Long.compare(counter, other.counter);
        return byTime != 0 ? byTime : actor.compareTo(other.actor);
    }

    @Override
    public String toString() {
        return actor + ":" + counter;
    }
}
