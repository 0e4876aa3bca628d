package io.quorate.core.datatype;

import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The versions of a key, told apart: values of a data type, merged into one of each type, and plain ones.
 *
 * @param typed by type; more than one only where different types were made of one key concurrently
 * @param plain values and tombstones as clients wrote them, of several dots of one request the smallest
 */
public record KeyContent(SortedMap<DataType, Typed> typed, List<Sibling> plain) {
    /**
     * The merged value of one type.
     *
     * @param latest the version that was written last of those merged
     * @param expiresMillis of those merged, the last
     */
    public record Typed(TypedValue value, Sibling latest, long expiresMillis) {
        Typed merge(Typed other) {
            boolean later = other.latest.dot().compareByTime(latest.dot()) > 0;
            return new Typed(
                    value.merge(other.value),
                    later ? other.latest : latest,
                    Math.max(expiresMillis, other.expiresMillis));
        }
    }

    public static KeyContent of(Siblings state) {
        SortedMap<DataType, Typed> typed = new TreeMap<>();
        List<Sibling> plain = new ArrayList<>();
        for (Sibling version : state.distinct()) {
            if (!isTyped(version)) {
                plain.add(version);
            }
        }
        for (Sibling version : state.versions()) {
            if (isTyped(version)) {
                TypedValue value = TypedValueCodec.decode(version.value().orElseThrow());
                typed.merge(value.type(), new Typed(value, version, version.expiresMillis()), Typed::merge);
            }
        }
        return new KeyContent(typed, plain);
    }

    /** Whether any version is of a data type: for most keys none, and then there is nothing to tell apart. */
    public static boolean isTyped(Siblings state) {
        for (Sibling version : state.versions()) {
            if (isTyped(version)) {
                return true;
            }
        }
        return false;
    }

    public static boolean isTyped(Sibling version) {
        return version.value().map(TypedValueCodec::isTyped).orElse(false);
    }

    /** The versions that a reader is shown: each typed value as its plain JSON. It outlives a delete that did not know of it. */
    public List<Sibling> shown() {
        List<Sibling> shown = new ArrayList<>();
        typed.values()
                .forEach(one -> shown.add(new Sibling(
                        one.latest().dot(),
                        one.latest().request(),
                        Optional.of(one.value().toJson()),
                        one.expiresMillis())));
        plain.stream()
                .filter(version -> typed.isEmpty() || !version.isTombstone())
                .forEach(shown::add);
        return shown;
    }

    /** The dot under which a request changed a typed value here, if that is still known. */
    public Optional<Dot> dotOf(RequestId request) {
        return typed.values().stream()
                .flatMap(one -> one.value().dotOf(request).stream())
                .findFirst();
    }

    /** The one value of a type, if that is all there is but for tombstones. */
    public Optional<TypedValue> only() {
        boolean alone = typed.size() == 1 && plain.stream().allMatch(Sibling::isTombstone);
        return alone ? Optional.of(typed.get(typed.firstKey()).value()) : Optional.empty();
    }

    /** Whether there is no value, neither typed nor plain. */
    public boolean isVacant() {
        return typed.isEmpty() && plain.stream().allMatch(Sibling::isTombstone);
    }
}
