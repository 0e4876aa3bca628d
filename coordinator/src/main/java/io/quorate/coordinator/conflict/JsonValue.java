package io.quorate.coordinator.conflict;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.quorate.core.Bytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A JSON value that can be compared: two texts of the same value are equal, however they are spaced, escaped and ordered.
 *
 * <p>The order is total: by kind, numbers by size, everything else by its canonical text.
 */
final class JsonValue implements Comparable<JsonValue> {
    /** A longer number takes time beyond measure to compare. */
    private static final int NUMBER_LENGTH_MAX = 1_000;

    private static final int EXPONENT_MAX = 100_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Kind kind;
    private final String canonical;
    private final Optional<BigDecimal> number;
    private final List<JsonValue> elements;
    private final SortedMap<String, JsonValue> fields;
    private final Bytes text;

    private JsonValue(Kind kind, String canonical, Optional<BigDecimal> number, Parts parts, Bytes text) {
        this.kind = kind;
        this.canonical = canonical;
        this.number = number;
        this.elements = parts.elements();
        this.fields = parts.fields();
        this.text = text;
    }

    /** What an array or an object is made of. */
    private record Parts(List<JsonValue> elements, SortedMap<String, JsonValue> fields) {}

    /** What a value is; the order of values of different kinds. */
    enum Kind {
        NULL,
        BOOLEAN,
        NUMBER,
        STRING,
        ARRAY,
        OBJECT
    }

    /** The value, or empty when the text is not JSON, or is of a size that cannot be compared. */
    static Optional<JsonValue> parse(Bytes text) {
        byte[] bytes = text.array();
        try (JsonParser parser = JSON.createParser(bytes)) {
            parser.nextToken();
            JsonValue value = read(parser, bytes);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException | NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    Kind kind() {
        return kind;
    }

    /** Whether a greatest of them means something: numbers and strings. */
    boolean isOrdered() {
        return kind == Kind.NUMBER || kind == Kind.STRING;
    }

    /** Of an array; empty of anything else. */
    List<JsonValue> elements() {
        return elements;
    }

    /** Equal for equal values. */
    Bytes canonical() {
        return Bytes.utf8(canonical);
    }

    /** The fields of an object by their names, as canonical JSON strings; of anything else none. */
    SortedMap<String, JsonValue> fields() {
        return fields;
    }

    /** As it was written. */
    Bytes text() {
        return text;
    }

    @Override
    public int compareTo(JsonValue other) {
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) {
            return byKind;
        }
        return number.isPresent()
                ? number.get().compareTo(other.number.orElseThrow())
                : canonical.compareTo(other.canonical);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonValue value && compareTo(value) == 0;
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return canonical;
    }

    private static JsonValue read(JsonParser parser, byte[] whole) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new NumberFormatException("no value");
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        List<JsonValue> elements = new ArrayList<>();
        SortedMap<String, JsonValue> fields = new TreeMap<>();
        Optional<BigDecimal> number = Optional.empty();
        String canonical;
        Kind kind;
        switch (token) {
            case START_OBJECT -> {
                kind = Kind.OBJECT;
                fields.putAll(readObject(parser, whole));
                canonical = inBraces(fields);
            }
            case START_ARRAY -> {
                kind = Kind.ARRAY;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser, whole));
                }
                canonical = elements.stream().map(JsonValue::toString).collect(Collectors.joining(",", "[", "]"));
            }
            case VALUE_STRING -> {
                kind = Kind.STRING;
                canonical = quoted(parser.getText());
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                kind = Kind.NUMBER;
                number = Optional.of(readNumber(parser));
                canonical = number.get().toString();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                kind = Kind.BOOLEAN;
                canonical = parser.getText();
            }
            default -> {
                kind = Kind.NULL;
                canonical = parser.getText();
            }
        }
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return new JsonValue(
                kind,
                canonical,
                number,
                new Parts(elements, fields),
                Bytes.wrap(Arrays.copyOfRange(whole, start, end)));
    }

    /** Fields in the order of their names; of several of one name the last, as most readers have it. */
    private static SortedMap<String, JsonValue> readObject(JsonParser parser, byte[] whole) throws IOException {
        SortedMap<String, JsonValue> fields = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = quoted(parser.currentName());
            parser.nextToken();
            fields.put(name, read(parser, whole));
        }
        return fields;
    }

    private static String inBraces(SortedMap<String, JsonValue> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static BigDecimal readNumber(JsonParser parser) throws IOException {
        BigDecimal number = new BigDecimal(parser.getText());
        if (Math.abs((long) number.scale()) > EXPONENT_MAX) {
            throw new NumberFormatException("an exponent that cannot be compared");
        }
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    private static String quoted(String plain) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(plain)) + '"';
    }
}
