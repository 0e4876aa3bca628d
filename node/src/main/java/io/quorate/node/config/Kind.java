package io.quorate.node.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** A way to write a value. */
@FunctionalInterface
interface Kind<T> {
    /** The value, or a refusal that says what is allowed. */
    T parse(JsonNode node) throws MalformedValueException;

    /**
     * A single value, given as text.
     *
     * @param allowed what is allowed, as it reads after "must be"
     * @param parse empty when the value is not allowed
     */
    static <T> Kind<T> scalar(String allowed, Function<String, Optional<T>> parse) {
        return node -> Optional.of(node)
                .filter(JsonNode::isValueNode)
                .flatMap(value -> parse.apply(value.asText().trim()))
                .orElseThrow(() -> new MalformedValueException(allowed, node));
    }

    static Kind<String> text(String allowed, String pattern) {
        return scalar(allowed, text -> Optional.of(text).filter(given -> given.matches(pattern)));
    }

    static Kind<Integer> integer(int min, int max) {
        return integer("a number from " + min + " to " + max, min, max, number -> true);
    }

    static Kind<Integer> integer(String allowed, int min, int max, IntPredicate also) {
        return scalar(
                allowed, text -> number(text).filter(number -> number >= min && number <= max && also.test(number)));
    }

    static Kind<Long> bytes(long min, long max) {
        return scalar(
                "a size from " + ByteSize.format(min) + " to " + ByteSize.format(max) + ", such as 64MiB",
                text -> ByteSize.parse(text).filter(size -> size >= min && size <= max));
    }

    static <E extends Enum<E>> Kind<E> word(E[] words) {
        String allowed = Arrays.stream(words).map(Kind::label).collect(Collectors.joining(", "));
        return scalar(
                "one of " + allowed,
                text -> Arrays.stream(words)
                        .filter(word -> label(word).equals(text))
                        .findFirst());
    }

    static Kind<Boolean> flag() {
        return scalar("true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    private static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Integer> number(String text) {
        return text.matches("-?[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
