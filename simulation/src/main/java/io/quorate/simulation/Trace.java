package io.quorate.simulation;

import io.quorate.core.Hash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** A rolling hash of all that happened, and the last of it in readable form. */
final class Trace {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Fingerprint fingerprint = new Fingerprint();
    private final Deque<Entry> recent = new ArrayDeque<>();
    private final int logged;
    private long hash;

    Trace(int logged) {
        this.logged = logged;
    }

    void record(long atNanos, EventKind kind, String where, Object detail) {
        long what = Hash.mix(kind.name().hashCode(), Hash.mix(where.hashCode(), fingerprint.of(detail)));
        hash = Hash.mix(Hash.mix(hash, atNanos), what);
        if (logged > 0) {
            if (recent.size() >= logged) {
                recent.removeFirst();
            }
            recent.addLast(new Entry(atNanos, kind, where, detail));
        }
    }

    long hash() {
        return hash;
    }

    List<String> lines() {
        return recent.stream().map(Entry::line).toList();
    }

    private record Entry(long atNanos, EventKind kind, String where, Object detail) {
        String line() {
            return String.format(
                    Locale.ROOT, "%14.6f ms  %-8s %-8s %s", atNanos / NANOS_PER_MILLI, where, kind, detail);
        }
    }
}
