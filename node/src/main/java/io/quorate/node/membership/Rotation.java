package io.quorate.node.membership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Whose turn it is: all in a random order, then all in another one, so that nobody waits longer than two rounds. */
final class Rotation {
    private final RandomGenerator random;
    private final List<String> waiting = new ArrayList<>();

    Rotation(RandomGenerator random) {
        this.random = random;
    }

    /** The next few of these, no more than there are. */
    Set<String> next(int count, Collection<String> all) {
        Set<String> chosen = new LinkedHashSet<>();
        while (chosen.size() < Math.min(count, all.size())) {
            if (waiting.isEmpty()) {
                waiting.addAll(all);
            }
            String node = take(waiting, random);
            if (all.contains(node)) {
                chosen.add(node);
            }
        }
        return chosen;
    }

    /** A few of these by chance, no more than there are. */
    static List<String> sample(int count, Collection<String> all, RandomGenerator random) {
        List<String> left = new ArrayList<>(all);
        List<String> sample = new ArrayList<>();
        while (sample.size() < count && !left.isEmpty()) {
            sample.add(take(left, random));
        }
        return sample;
    }

    private static String take(List<String> from, RandomGenerator random) {
        return from.remove(random.nextInt(from.size()));
    }
}
