package io.quorate.endtoend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The text of one field of a JSON object, character for character. */
final class RawField {
    private static final JsonFactory JSON = new JsonFactory();

    private RawField() {}

    static String of(String object, String field) {
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                if (name.equals(field)) {
                    return object.substring(
                            start, (int) parser.currentLocation().getCharOffset());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON object: " + object, e);
        }
        throw new AssertionError("no " + field + " in " + object);
    }
}
