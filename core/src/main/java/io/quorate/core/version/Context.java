package io.quorate.core.version;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The set of writes of one key that somebody has seen: a version vector, and the cloud of single dots beyond it.
 *
 * <p>The cloud is what lets a client that only wrote claim exactly its own write: a vector entry would claim every earlier
 * write of that actor too, and the client's next write would erase what it never saw.
 *
 * @param cloud sorted, each once, none covered by the vector
 */
public record Context(VersionVector vector, List<Dot> cloud) {
    public static final Context EMPTY = new Context(VersionVector.EMPTY, List.of());

    public Context {
        cloud = normal(vector, cloud);
    }

    public boolean isEmpty() {
        return vector.isEmpty() && cloud.isEmpty();
    }

    public boolean covers(Dot dot) {
        return vector.covers(dot) || cloud.contains(dot);
    }

    /** Everything either has seen. */
    public Context join(Context other) {
        if (coversAll(other)) {
            return this;
        }
        if (other.coversAll(this)) {
            return other;
        }
        List<Dot> both = new ArrayList<>(cloud);
        both.addAll(other.cloud);
        return new Context(vector.join(other.vector), both);
    }

    /** This and one single write more. */
    public Context withDot(Dot dot) {
        return covers(dot) ? this : join(new Context(VersionVector.EMPTY, List.of(dot)));
    }

    /** Whether all that {@code other} has seen is seen here too. */
    public boolean coversAll(Context other) {
        List<Dot> entries = other.vector.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (!vector.covers(entries.get(i))) {
                return false;
            }
        }
        for (int i = 0; i < other.cloud.size(); i++) {
            if (!covers(other.cloud.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The greatest counter in it, of any actor: a lower bound for the time of whatever follows. */
    public long latest() {
        long latest = 0;
        List<Dot> entries = vector.entries();
        for (int i = 0; i < entries.size(); i++) {
            latest = Math.max(latest, entries.get(i).counter());
        }
        for (int i = 0; i < cloud.size(); i++) {
            latest = Math.max(latest, cloud.get(i).counter());
        }
        return latest;
    }

    /** The greatest counter of {@code actor} in it, or zero. */
    public long latestOf(Actor actor) {
        long latest = vector.counterOf(actor);
        for (Dot dot : cloud) {
            if (dot.actor().equals(actor)) {
                latest = Math.max(latest, dot.counter());
            }
        }
        return latest;
    }

    private static List<Dot> normal(VersionVector vector, List<Dot> cloud) {
        if (cloud.isEmpty()) {
            return List.of();
        }
        List<Dot> sorted = new ArrayList<>(cloud);
        Collections.sort(sorted);
        List<Dot> kept = new ArrayList<>(sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            Dot dot = sorted.get(i);
            boolean repeated = i > 0 && dot.equals(sorted.get(i - 1));
            if (!repeated && !vector.covers(dot)) {
                kept.add(dot);
            }
        }
        return List.copyOf(kept);
    }
}
