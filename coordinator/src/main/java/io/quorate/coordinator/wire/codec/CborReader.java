package io.quorate.coordinator.wire.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import io.quorate.core.Bytes;
import io.quorate.core.codec.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@link CborWriter} wrote, and takes nothing else for it: each value must be of the kind that is asked for.
 *
 * <p>One parser serves all messages of a loop, as one generator does, but none after a message that it could not read to its end.
 */
final class CborReader {
    private final Source source = new Source();
    private final CBORParser parser;
    private boolean lookedAhead;

    CborReader(CBORFactory factory) throws IOException {
        parser = factory.createParser(source);
    }

    /** Names where the next message lies. */
    CborReader from(byte[] bytes, int offset, int length) {
        source.set(bytes, offset, length);
        return this;
    }

    /** Whether nothing is left of what the message was said to lie in. */
    boolean isAtEnd() throws IOException {
        return source.available() == 0 && parser.releaseBuffered(OutputStream.nullOutputStream()) == 0;
    }

    void begin() throws IOException {
        expect(JsonToken.START_ARRAY);
    }

    /** Closes an array, after the elements that a newer version may have put at its end. */
    void end() throws IOException {
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            if (token == null) {
                throw new MalformedException("cut short");
            }
            parser.skipChildren();
        }
    }

    /** Elements to the end of an array. Room is taken as they come, not as a length promises. */
    <T> List<T> list(Element<T> element) throws IOException {
        List<T> elements = new ArrayList<>();
        each(() -> elements.add(element.read(this)));
        return elements;
    }

    /** Reads until the end of an array, which may hold several values for each step. */
    void each(Step step) throws IOException {
        begin();
        while (next() != JsonToken.END_ARRAY) {
            lookedAhead = true;
            step.read();
        }
    }

    long number() throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT);
        JsonParser.NumberType type = parser.getNumberType();
        if (type != JsonParser.NumberType.INT && type != JsonParser.NumberType.LONG) {
            throw new MalformedException("a number beyond 64 bits");
        }
        return parser.getLongValue();
    }

    /** A number from zero to {@code max}. */
    int count(int max) throws IOException {
        long value = number();
        if (value < 0 || value > max) {
            throw new MalformedException("a number not in 0.." + max);
        }
        return (int) value;
    }

    int count() throws IOException {
        return count(Integer.MAX_VALUE);
    }

    boolean flag() throws IOException {
        return switch (nextToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw unexpected("a flag");
        };
    }

    String text() throws IOException {
        expect(JsonToken.VALUE_STRING);
        return parser.getText();
    }

    Bytes bytes() throws IOException {
        expect(JsonToken.VALUE_EMBEDDED_OBJECT);
        return currentBytes();
    }

    Optional<String> optionalText() throws IOException {
        return isAbsent() ? Optional.empty() : Optional.of(text());
    }

    Optional<Bytes> optionalBytes() throws IOException {
        return isAbsent() ? Optional.empty() : Optional.of(bytes());
    }

    /** One of an enumeration's words, by its place. */
    <T> T word(List<T> all) throws IOException {
        return all.get(count(all.size() - 1));
    }

    /** Consumes an absent value, or nothing. */
    boolean isAbsent() throws IOException {
        lookedAhead = nextToken() != JsonToken.VALUE_NULL;
        return !lookedAhead;
    }

    /** Whether the array goes on: an older sender leaves out what was appended later. */
    boolean isMore() throws IOException {
        boolean more = nextToken() != JsonToken.END_ARRAY;
        lookedAhead = true;
        return more;
    }

    private Bytes currentBytes() throws IOException {
        byte[] value = parser.getBinaryValue();
        if (value == null) {
            throw unexpected("bytes");
        }
        return Bytes.wrap(value);
    }

    private void expect(JsonToken expected) throws IOException {
        if (nextToken() != expected) {
            throw unexpected(expected.name());
        }
    }

    private MalformedException unexpected(String expected) {
        return new MalformedException(parser.currentToken() + " in place of " + expected);
    }

    private JsonToken nextToken() throws IOException {
        JsonToken token = next();
        if (token == null) {
            throw new MalformedException("cut short");
        }
        return token;
    }

    private JsonToken next() throws IOException {
        if (lookedAhead) {
            lookedAhead = false;
            return parser.currentToken();
        }
        return parser.nextToken();
    }

    /** The bytes of one message. */
    private static final class Source extends ByteArrayInputStream {
        Source() {
            super(new byte[0]);
        }

        void set(byte[] bytes, int offset, int length) {
            buf = bytes;
            pos = offset;
            count = offset + length;
        }
    }

    /** What to read once more of an array. */
    interface Step {
        void read() throws IOException;
    }

    /** How to read one element of a list. */
    interface Element<T> {
        T read(CborReader in) throws IOException;
    }
}
