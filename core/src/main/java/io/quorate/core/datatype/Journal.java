package io.quorate.core.datatype;

import io.quorate.core.time.HybridTime;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The latest changes of a value by the requests that asked for them, so that a retry is known wherever it is carried out.
 *
 * <p>Bounded: the latest {@value #ENTRIES_MAX} of the last hour before the newest, and {@value #ENTRIES_MIN} however old. Union and
 * this rule form a semilattice: what one side leaves out, the union would.
 *
 * @param entries the latest first
 */
public record Journal(List<Entry> entries) {
    /** About a second of the most that one key can take; 33 bytes each, stored with every copy of a value that changes that fast. */
    public static final int ENTRIES_MAX = 1_024;

    static final int ENTRIES_MIN = 8;
    static final long WINDOW_MILLIS = 3_600_000;
    static final Journal EMPTY = new Journal(List.of());

    private static final Comparator<Entry> LATEST_FIRST = Comparator.<Entry, Dot>comparing(
                    Entry::dot, Dot::compareByTime)
            .reversed()
            .thenComparing(Entry::request)
            .thenComparing(Entry::amount);

    /**
     * One change.
     *
     * @param amount what it added to a counter; zero for the other types
     */
    public record Entry(RequestId request, Dot dot, long amount) {}

    Journal with(Entry entry) {
        return merge(new Journal(List.of(entry)));
    }

    Journal merge(Journal other) {
        if (entries.equals(other.entries) || other.entries.isEmpty()) {
            return this;
        }
        TreeSet<Entry> both = new TreeSet<>(LATEST_FIRST);
        both.addAll(entries);
        both.addAll(other.entries);
        long oldest = HybridTime.toMillis(both.first().dot().counter()) - WINDOW_MILLIS;
        List<Entry> kept = new ArrayList<>(both.size());
        for (Entry entry : both) {
            boolean recent = HybridTime.toMillis(entry.dot().counter()) >= oldest;
            if (kept.size() < ENTRIES_MIN || (kept.size() < ENTRIES_MAX && recent)) {
                kept.add(entry);
            }
        }
        return new Journal(Collections.unmodifiableList(kept));
    }

    /** The dot under which a request is known; of several the one that counts. */
    Optional<Dot> dotOf(RequestId request) {
        return entries.stream()
                .filter(entry -> entry.request().equals(request))
                .map(Entry::dot)
                .min(Comparator.naturalOrder());
    }

    boolean has(Dot dot) {
        return entries.stream().anyMatch(entry -> entry.dot().equals(dot));
    }

    /** Changes that were carried out twice: for each dot of such a request all its dots, the one that counts first. */
    Map<Dot, List<Dot>> twins() {
        Map<RequestId, List<Dot>> byRequest = new LinkedHashMap<>();
        entries.forEach(entry -> byRequest
                .computeIfAbsent(entry.request(), first -> new ArrayList<>(1))
                .add(entry.dot()));
        Map<Dot, List<Dot>> twins = new LinkedHashMap<>();
        for (List<Dot> dots : byRequest.values()) {
            if (dots.size() > 1) {
                Collections.sort(dots);
                dots.forEach(dot -> twins.put(dot, dots));
            }
        }
        return twins;
    }

    /** The entries of second and third dots of a request: they do not count. */
    List<Entry> repeated() {
        Map<Dot, List<Dot>> twins = twins();
        return entries.stream()
                .filter(entry -> twins.containsKey(entry.dot())
                        && !twins.get(entry.dot()).get(0).equals(entry.dot()))
                .toList();
    }
}
