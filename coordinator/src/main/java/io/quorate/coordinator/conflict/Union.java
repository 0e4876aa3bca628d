package io.quorate.coordinator.conflict;

import io.quorate.core.Bytes;
import io.quorate.core.version.Sibling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that is in any of the values: arrays as sets, in the order of their elements; strings one after the other, in the order of time. */
final class Union {
    private Union() {}

    /** One version of all, or empty when the values are neither all arrays nor all strings. */
    static Optional<Sibling> of(List<Sibling> live) {
        List<Sibling> byTime = new ArrayList<>(live);
        byTime.sort((a, b) -> a.dot().compareByTime(b.dot()));
        List<JsonValue> values = new ArrayList<>();
        byTime.forEach(version -> JsonValue.parse(version.value().orElseThrow()).ifPresent(values::add));
        Set<JsonValue.Kind> kinds = values.stream().map(JsonValue::kind).collect(Collectors.toSet());
        if (values.size() < live.size() || kinds.size() != 1) {
            return Optional.empty();
        }
        return united(values, kinds.iterator().next())
                .map(text -> byTime.get(byTime.size() - 1).withValue(text));
    }

    private static Optional<Bytes> united(List<JsonValue> values, JsonValue.Kind kind) {
        Set<Bytes> texts =
                new LinkedHashSet<>(values.stream().map(JsonValue::text).toList());
        if (texts.size() == 1) {
            return Optional.of(values.get(0).text());
        }
        return switch (kind) {
            case ARRAY -> Optional.of(unitedArrays(values));
            case STRING -> Optional.of(joinedStrings(texts));
            default -> Optional.empty();
        };
    }

    private static Bytes unitedArrays(List<JsonValue> arrays) {
        Map<JsonValue, Bytes> elements = new TreeMap<>();
        // Of one element written in several ways the smallest text, so that the order of the arrays does not matter.
        arrays.forEach(array -> array.elements()
                .forEach(element -> elements.merge(
                        element,
                        element.text(),
                        (a, b) -> Comparator.<Bytes>naturalOrder().compare(a, b) <= 0 ? a : b)));
        return Bytes.utf8(elements.values().stream().map(Bytes::toUtf8).collect(Collectors.joining(",", "[", "]")));
    }

    /** The quoted texts without their inner quotes: escapes stay as they are. */
    private static Bytes joinedStrings(Set<Bytes> texts) {
        return Bytes.utf8(texts.stream()
                .map(Bytes::toUtf8)
                .map(quoted -> quoted.substring(1, quoted.length() - 1))
                .collect(Collectors.joining("", "\"", "\"")));
    }
}
