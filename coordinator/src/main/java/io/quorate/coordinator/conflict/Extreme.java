package io.quorate.coordinator.conflict;

import io.quorate.core.version.Sibling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The greatest or smallest of values that are all numbers, or all strings. */
final class Extreme {
    /** Equal numbers may be written in several ways: the text decides then, and of equal texts the later write. */
    static final Comparator<Candidate> GREATEST = Comparator.comparing(Candidate::value)
            .thenComparing(candidate -> candidate.value().text())
            .thenComparing(candidate -> candidate.version().dot(), (a, b) -> a.compareByTime(b));

    static final Comparator<Candidate> SMALLEST = Comparator.comparing(Candidate::value)
            .thenComparing(candidate -> candidate.value().text())
            .reversed()
            .thenComparing(candidate -> candidate.version().dot(), (a, b) -> a.compareByTime(b));

    private Extreme() {}

    /** A version and what its text says. */
    record Candidate(Sibling version, JsonValue value) {}

    /** The version whose value is the greatest by that order, or empty when they cannot be compared. */
    static Optional<Sibling> of(List<Sibling> live, Comparator<Candidate> order) {
        List<Candidate> candidates = new ArrayList<>();
        for (Sibling version : live) {
            JsonValue.parse(version.value().orElseThrow())
                    .filter(JsonValue::isOrdered)
                    .filter(value ->
                            candidates.isEmpty() || candidates.get(0).value().kind() == value.kind())
                    .ifPresent(value -> candidates.add(new Candidate(version, value)));
        }
        return candidates.size() == live.size()
                ? candidates.stream().max(order).map(Candidate::version)
                : Optional.empty();
    }
}
