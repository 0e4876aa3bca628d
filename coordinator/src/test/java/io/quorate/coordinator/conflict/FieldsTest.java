package io.quorate.coordinator.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of merging fields, and what becomes of each kind of change. */
final class FieldsTest {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<String> SCALARS = List.of("1", "1.0", "2", "\"x\"", "null", "[1,2]", "[1, 2]", "{}");

    /** Whoever is merged first, and however often: the same text, or the same contradiction. */
    @Property(tries = 3_000)
    void isAssociativeCommutativeAndIdempotent(@ForAll Random random) {
        String base = object(random, 2);
        List<String> all = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            all.add(changed(base, random));
        }
        Optional<String> together = merge(base, all);
        List<String> shuffled = new ArrayList<>(all);
        shuffled.addAll(all.subList(0, random.nextInt(all.size() + 1)));
        Collections.shuffle(shuffled, random);

        assertThat(merge(base, shuffled)).isEqualTo(together);
        assertThat(merge(base, List.of(base))).contains(base);
        Optional<String> inTurn = Optional.of(base);
        for (String one : all) {
            inTurn = inTurn.flatMap(before -> merge(base, List.of(before, one)));
        }
        assertThat(inTurn.map(FieldsTest::value)).isEqualTo(together.map(FieldsTest::value));
        together.ifPresent(merged ->
                all.forEach(one -> assertThat(merge(base, List.of(merged, one)).map(FieldsTest::value))
                        .contains(value(merged))));
    }

    /** A change of a field that nobody else changed is in every result; two that differ give none. */
    @Property(tries = 2_000)
    void differentFieldsBothSurviveAndNoConflictIsLost(@ForAll Random random) {
        String base = object(random, 1);
        String left = changed(base, random);
        String right = changed(base, random);
        boolean conflict = false;
        Optional<String> merged = merge(base, List.of(left, right));
        for (String name : NAMES) {
            Optional<JsonValue> before = field(base, name);
            Optional<JsonValue> one = field(left, name);
            Optional<JsonValue> other = field(right, name);
            boolean objects = one.filter(FieldsTest::isObject).isPresent()
                    && other.filter(FieldsTest::isObject).isPresent();
            if (one.equals(before) || other.equals(before) || one.equals(other)) {
                Optional<JsonValue> expected = one.equals(before) ? other : one;
                merged.ifPresent(text -> assertThat(field(text, name)).isEqualTo(expected));
            } else {
                conflict |= !objects;
            }
        }
        if (conflict) {
            assertThat(merged).as(base + " to " + left + " and " + right).isEmpty();
        }
    }

    @Example
    void eachKindOfChange() {
        assertThat(merge("{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":3}", "{\"b\":2,\"c\": 4}"))
                .as("a set field, a new one, a removed one")
                .contains("{\"b\":3,\"c\":4}");
        assertThat(merge("{\"a\":{\"x\":1,\"y\":1}}", "{\"a\":{\"x\":2,\"y\":1}}", "{\"a\":{\"x\":1}}"))
                .as("within an object")
                .contains("{\"a\":{\"x\":2}}");
        assertThat(merge("{}", "{\"a\":{\"x\":1}}", "{\"a\":{\"y\":2}}"))
                .as("within an object that both made")
                .contains("{\"a\":{\"x\":1,\"y\":2}}");
        assertThat(merge("{\"a\":1}", "{\"a\":2.50}", "{\"a\":2.5}"))
                .as("the same change in two spellings")
                .contains("{\"a\":2.50}");
        assertThat(merge("{\"a\":1}", "{\"a\":2,\"b\":[3, 4]}", "{\"c\":\"\\u00e4\", \"a\":1}"))
                .as("texts as they were written")
                .contains("{\"a\":2,\"b\":[3, 4],\"c\":\"\\u00e4\"}");
        assertThat(merge("1", "1", "2")).contains("2");
        assertThat(merge("1", "2", "2 ")).contains("2");
    }

    @Example
    void whatContradicts() {
        assertThat(merge("{\"a\":1}", "{\"a\":2}", "{\"a\":3}")).isEmpty();
        assertThat(merge("{\"a\":1}", "{}", "{\"a\":3}")).as("removed and set").isEmpty();
        assertThat(merge("{\"a\":[1]}", "{\"a\":[1,2]}", "{\"a\":[1,3]}"))
                .as("arrays are one thing")
                .isEmpty();
        assertThat(merge("{\"a\":1}", "{\"a\":{\"x\":1}}", "{\"a\":{\"y\":1}}"))
                .as("objects that took another's place")
                .isEmpty();
        assertThat(merge("{\"a\":{\"x\":1}}", "{\"a\":{\"x\":2}}", "{}"))
                .as("changed within, and removed")
                .isEmpty();
        assertThat(merge("1", "2", "3")).isEmpty();
        assertThat(merge("{}", "{\"a\":1}", "{\"b\":" + "9".repeat(5_000) + "}"))
                .as("what cannot be read")
                .isEmpty();
        assertThat(merge("{\"b\":" + "9".repeat(5_000) + "}", "{\"a\":1}"))
                .as("need not be read")
                .isPresent();
    }

    private static String object(Random random, int depth) {
        List<String> fields = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                String value = depth > 0 && random.nextInt(3) == 0
                        ? object(random, depth - 1)
                        : SCALARS.get(random.nextInt(SCALARS.size()));
                fields.add('"' + name + "\":" + value);
            }
        }
        return '{' + String.join(",", fields) + '}';
    }

    /** Some fields of the base, and some others. */
    private static String changed(String base, Random random) {
        JsonValue other = value(object(random, 2));
        List<String> fields = new ArrayList<>();
        for (String name : NAMES) {
            (random.nextInt(3) == 0 ? Optional.ofNullable(other.fields().get('"' + name + '"')) : field(base, name))
                    .ifPresent(value ->
                            fields.add('"' + name + "\":" + value.text().toUtf8()));
        }
        return '{' + String.join(",", fields) + '}';
    }

    private static boolean isObject(JsonValue value) {
        return value.kind() == JsonValue.Kind.OBJECT;
    }

    private static Optional<JsonValue> field(String object, String name) {
        return Optional.ofNullable(value(object).fields().get('"' + name + '"'));
    }

    private static JsonValue value(String text) {
        return JsonValue.parse(Bytes.utf8(text)).orElseThrow();
    }

    private static Optional<String> merge(String base, String... texts) {
        return merge(base, Arrays.asList(texts));
    }

    private static Optional<String> merge(String base, List<String> texts) {
        return Fields.merge(Bytes.utf8(base), texts.stream().map(Bytes::utf8).toList())
                .map(Bytes::toUtf8);
    }
}
