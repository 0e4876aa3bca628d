package io.quorate.coordinator.conflict;

import io.quorate.core.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What several changes of one value come to together: a field that one of them set or removed is as that one left it.
 *
 * <p>Objects are merged field by field, at every depth; arrays and everything else are one thing. The result depends on the set of
 * texts alone.
 */
final class Fields {
    private boolean conflict;

    private Fields() {}

    /** The merged text, or empty when two changed one field to different things, or when a text that must be read cannot be. */
    static Optional<Bytes> merge(Bytes base, List<Bytes> texts) {
        List<Bytes> changed = new ArrayList<>(new TreeSet<>(texts));
        changed.remove(base);
        if (changed.size() < 2) {
            return Optional.of(changed.isEmpty() ? base : changed.get(0));
        }
        Optional<JsonValue> from = JsonValue.parse(base);
        List<Optional<JsonValue>> values =
                changed.stream().map(JsonValue::parse).toList();
        if (from.isEmpty() || values.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        Fields merging = new Fields();
        Optional<String> merged = merging.merged(from, values);
        return merging.conflict ? Optional.empty() : merged.map(Bytes::utf8);
    }

    /** The text of a field; empty when it is gone. */
    private Optional<String> merged(Optional<JsonValue> base, List<Optional<JsonValue>> values) {
        List<Optional<JsonValue>> changes =
                values.stream().filter(value -> !value.equals(base)).toList();
        Set<Optional<JsonValue>> different = new LinkedHashSet<>(changes);
        if (different.size() < 2) {
            return (changes.isEmpty() ? List.of(base) : changes)
                    .stream()
                            .flatMap(Optional::stream)
                            .map(JsonValue::text)
                            .min(Comparator.naturalOrder())
                            .map(Bytes::toUtf8);
        }
        if (base.filter(value -> !isObject(value)).isEmpty()
                && different.stream()
                        .allMatch(value -> value.filter(Fields::isObject).isPresent())) {
            return Optional.of(mergedObjects(base, changes));
        }
        conflict = true;
        return Optional.empty();
    }

    private String mergedObjects(Optional<JsonValue> base, List<Optional<JsonValue>> objects) {
        SortedSet<String> names = new TreeSet<>();
        base.ifPresent(object -> names.addAll(object.fields().keySet()));
        objects.forEach(object -> names.addAll(object.orElseThrow().fields().keySet()));
        List<String> fields = new ArrayList<>();
        for (String name : names) {
            merged(
                            field(base, name),
                            objects.stream().map(object -> field(object, name)).toList())
                    .ifPresent(text -> fields.add(name + ':' + text));
        }
        return '{' + String.join(",", fields) + '}';
    }

    private static Optional<JsonValue> field(Optional<JsonValue> object, String name) {
        return object.map(value -> value.fields().get(name));
    }

    private static boolean isObject(JsonValue value) {
        return value.kind() == JsonValue.Kind.OBJECT;
    }
}
