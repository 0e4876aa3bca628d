package io.quorate.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What clients wrote, what each had seen when it wrote, and what was acknowledged.
 *
 * <p>Values are unique, so a value names its write. An acknowledged one must be found, or a value whose writer had seen it, at
 * first hand or through what it saw.
 */
final class WriteHistory {
    private final Map<String, KeyHistory> keys = new ConcurrentHashMap<>();
    private final Queue<String> stale = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger acknowledgements = new AtomicInteger();

    /** The writes of one key. */
    private static final class KeyHistory {
        final Map<String, Set<String>> seen = new ConcurrentHashMap<>();
        final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

        Set<String> seenByWriterOf(String value) {
            Set<String> values = seen.get(value);
            if (values == null) {
                throw new AssertionError("nobody wrote " + value);
            }
            return values;
        }
    }

    /**
     * A write that a client may rely on.
     *
     * @param nodes said that they hold it
     */
    record Acknowledged(String value, String dot, List<String> nodes) {}

    void attempted(String key, String value, Set<String> seen) {
        attempts.incrementAndGet();
        keys.computeIfAbsent(key, first -> new KeyHistory()).seen.put(value, Set.copyOf(seen));
    }

    void acknowledged(String key, String value, Answer answer) {
        acknowledgements.incrementAndGet();
        JsonNode acks = answer.json().path("quorum").path("acks");
        keys.get(key).acknowledged.add(new Acknowledged(value, answer.dot(), acks.findValuesAsText("node")));
    }

    /** A request was answered by what it should not be, or not at all. */
    void failed(String request, Optional<Answer> answer) {
        failures.add(request + ": " + answer.map(Answer::toString).orElse("no answer"));
    }

    /** A read did not reflect what was acknowledged before it began. */
    void stale(String what) {
        stale.add(what);
    }

    /** All that {@link #stale} was told of. */
    List<String> stale() {
        return List.copyOf(stale);
    }

    /** All that {@link #failed} was told of. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    Set<String> keys() {
        return Set.copyOf(keys.keySet());
    }

    int attempts() {
        return attempts.get();
    }

    int acknowledgements() {
        return acknowledgements.get();
    }

    /** The acknowledged writes of a key. */
    List<Acknowledged> acknowledged(String key) {
        KeyHistory history = keys.get(key);
        return history == null ? List.of() : List.copyOf(history.acknowledged);
    }

    /** The acknowledged values that are neither found nor superseded by one that is. */
    List<String> lost(String key, Collection<String> found) {
        KeyHistory history = keys.get(key);
        if (history == null) {
            return List.of();
        }
        Set<String> accounted = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            String value = open.pop();
            if (accounted.add(value)) {
                open.addAll(history.seenByWriterOf(value));
            }
        }
        return history.acknowledged.stream()
                .map(Acknowledged::value)
                .filter(value -> !accounted.contains(value))
                .toList();
    }
}
