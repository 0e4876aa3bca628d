package io.quorate.core.version;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** For each actor, a counter: all dots of that actor up to it, for this key, have been seen. Sorted by actor, each once. */
public final class VersionVector {
    public static final VersionVector EMPTY = new VersionVector(List.of());

    private final List<Dot> entries;

    private VersionVector(List<Dot> entries) {
        this.entries = entries;
    }

    /** From one dot an actor, in any order; of several the greatest counts. */
    public static VersionVector of(List<Dot> dots) {
        if (dots.isEmpty()) {
            return EMPTY;
        }
        if (areEntries(dots)) {
            return new VersionVector(List.copyOf(dots));
        }
        List<Dot> sorted = new ArrayList<>(dots);
        Collections.sort(sorted);
        List<Dot> entries = new ArrayList<>(sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            boolean lastOfItsActor = i + 1 == sorted.size()
                    || !sorted.get(i).actor().equals(sorted.get(i + 1).actor());
            if (lastOfItsActor) {
                entries.add(sorted.get(i));
            }
        }
        return new VersionVector(List.copyOf(entries));
    }

    /** Whether they are sorted by actor, each once: so is all that was encoded. */
    private static boolean areEntries(List<Dot> dots) {
        for (int i = 1; i < dots.size(); i++) {
            if (dots.get(i - 1).actor().compareTo(dots.get(i).actor()) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The greatest dot of each actor. */
    public List<Dot> entries() {
        return entries;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Zero when nothing of that actor has been seen. */
    public long counterOf(Actor actor) {
        // By index, here and in Context: each merge asks several times, and iterators were 7 % of a loop's garbage.
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).actor().equals(actor)) {
                return entries.get(i).counter();
            }
        }
        return 0;
    }

    public boolean covers(Dot dot) {
        return dot.counter() <= counterOf(dot.actor());
    }

    public VersionVector join(VersionVector other) {
        if (entries.isEmpty()) {
            return other;
        }
        if (coversAll(other.entries)) {
            return this;
        }
        if (other.coversAll(entries)) {
            return other;
        }
        List<Dot> both = new ArrayList<>(entries);
        both.addAll(other.entries);
        return of(both);
    }

    public VersionVector with(Dot dot) {
        return join(new VersionVector(List.of(dot)));
    }

    private boolean coversAll(List<Dot> dots) {
        for (Dot dot : dots) {
            if (!covers(dot)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionVector vector && entries.equals(vector.entries);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(entries);
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
