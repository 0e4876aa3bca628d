package io.quorate.simulation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often a {@link Nemesis} strikes, with what, and within which bounds.
 *
 * @param everyMillis from one strike to the next, on average
 * @param leastMillis a trouble lasts
 * @param mostMillis a trouble lasts
 * @param downMax nodes in trouble at once; cuts between two nodes do not count
 * @param weights how often each trouble is chosen, relative to the others
 */
public record NemesisPlan(
        long everyMillis, long leastMillis, long mostMillis, int downMax, Map<Trouble, Integer> weights) {
    public NemesisPlan {
        Map<Trouble, Integer> ordered = new EnumMap<>(Trouble.class);
        ordered.putAll(weights);
        weights = Collections.unmodifiableMap(ordered);
        if (everyMillis < 1 || leastMillis < 0 || mostMillis < leastMillis) {
            throw new IllegalArgumentException("every >= 1, 0 <= least <= most");
        }
        if (weights.values().stream().mapToInt(weight -> weight).sum() < 1) {
            throw new IllegalArgumentException("a plan needs a trouble with a weight");
        }
    }

    /** All that a cluster must bear without losing a copy for good. */
    public static NemesisPlan usual(int downMax) {
        Map<Trouble, Integer> weights = new EnumMap<>(Trouble.class);
        weights.put(Trouble.CRASH, 4);
        weights.put(Trouble.STOP, 2);
        weights.put(Trouble.PAUSE, 3);
        weights.put(Trouble.CUT, 3);
        weights.put(Trouble.CUT_ONE_WAY, 2);
        weights.put(Trouble.ISOLATE, 2);
        weights.put(Trouble.DISK_FULL, 1);
        weights.put(Trouble.DISK_FAILING, 1);
        return new NemesisPlan(2_000, 100, 10_000, downMax, weights);
    }

    /** The same with this trouble chosen that often; zero for never. */
    public NemesisPlan with(Trouble trouble, int weight) {
        Map<Trouble, Integer> changed = new EnumMap<>(Trouble.class);
        changed.putAll(weights);
        changed.put(trouble, weight);
        return new NemesisPlan(everyMillis, leastMillis, mostMillis, downMax, changed);
    }

    public NemesisPlan every(long everyMillis) {
        return new NemesisPlan(everyMillis, leastMillis, mostMillis, downMax, weights);
    }

    public NemesisPlan lasting(long leastMillis, long mostMillis) {
        return new NemesisPlan(everyMillis, leastMillis, mostMillis, downMax, weights);
    }
}
