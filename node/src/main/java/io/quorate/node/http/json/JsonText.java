package io.quorate.node.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.quorate.core.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells whether a text is exactly one JSON value (RFC 8259), without building it. */
public final class JsonText {
    /** Deeper than any honest value, and shallow enough for the recursive parsers that clients have. */
    public static final int NESTING_MAX = 500;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final JsonFactory JSON = JsonFactory.builder()
            // Field names are any client's choice: they must not pile up in the JVM's table of strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    // The body's own limit is the only one on numbers, names and strings: they are kept as text.
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final List<String> ASIDES = List.of(" (start marker", ": enable `", "? (not", " in null");

    private JsonText() {}

    /** The first fault of the text, or empty when it is one JSON value, perhaps with white space around it. */
    public static Optional<JsonFault> fault(byte[] text) {
        // First of all, because the parser would take both for a sign of the encoding.
        if (startsWithByteOrderMark(text)) {
            return Optional.of(JsonFault.at(text, 0, "a byte order mark, which JSON does not have"));
        }
        return Unicode.fault(text).or(() -> syntaxFault(text));
    }

    /** The text without the white space around it. */
    public static Bytes trim(byte[] text) {
        int start = 0;
        int end = text.length;
        while (start < end && isWhiteSpace(text[start])) {
            start++;
        }
        while (end > start && isWhiteSpace(text[end - 1])) {
            end--;
        }
        return Bytes.wrap(end - start == text.length ? text : Arrays.copyOfRange(text, start, end));
    }

    /** Reads the text token by token, with the same limits. */
    public static JsonParser parser(byte[] text) {
        try {
            return JSON.createParser(text);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing can fail before the first byte is read", e);
        }
    }

    private static Optional<JsonFault> syntaxFault(byte[] text) {
        try (JsonParser parser = parser(text)) {
            try {
                if (parser.nextToken() == null) {
                    return Optional.of(JsonFault.at(text, text.length, "nothing: a value is missing"));
                }
                parser.skipChildren();
                if (parser.nextToken() != null) {
                    int offset = (int) parser.currentTokenLocation().getByteOffset();
                    return Optional.of(JsonFault.at(text, offset, "something after the end of the value"));
                }
                return Optional.empty();
            } catch (JsonProcessingException e) {
                // A broken limit has no place of its own: it is where the parser stands.
                JsonLocation place = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
                return Optional.of(JsonFault.at(text, offset(place, text), reason(e)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot fail to be read", e);
        }
    }

    private static int offset(JsonLocation place, byte[] text) {
        return (int) Math.max(0, Math.min(place.getByteOffset(), text.length));
    }

    /** The parser's own words, without what it says about itself and its switches. */
    private static String reason(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "nesting deeper than " + NESTING_MAX + " levels";
        }
        String reason = e.getOriginalMessage().lines().findFirst().orElse("malformed");
        for (String aside : ASIDES) {
            int at = reason.indexOf(aside);
            reason = at < 0 ? reason : reason.substring(0, at);
        }
        return Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
    }

    private static boolean startsWithByteOrderMark(byte[] text) {
        return text.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(text, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
