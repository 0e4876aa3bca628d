package io.quorate.node.cli.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON taken apart one level deep, every piece as its own text: {@code 2.50} stays {@code 2.50}. */
public final class RawJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RawJson() {}

    /**
     * The fields of an object, in their order.
     *
     * @throws IOException when it is no object, or more than one, or malformed
     */
    public static Map<String, byte[]> fields(byte[] json) throws IOException {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT, "an object");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser, json));
            }
            expect(parser.nextToken(), null, "nothing after the object");
        }
        return fields;
    }

    /** The elements of an array. */
    public static List<byte[]> elements(byte[] json) throws IOException {
        List<byte[]> elements = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            expect(parser.nextToken(), JsonToken.START_ARRAY, "an array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser, json));
            }
        }
        return elements;
    }

    /** The text that a JSON string stands for. */
    public static String string(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            expect(parser.nextToken(), JsonToken.VALUE_STRING, "a string");
            return parser.getText();
        }
    }

    /** The text of the value at which the parser stands, which it is moved past. */
    private static byte[] value(JsonParser parser, byte[] json) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return Arrays.copyOfRange(json, start, (int) parser.currentLocation().getByteOffset());
    }

    private static void expect(JsonToken found, JsonToken expected, String what) throws IOException {
        if (found != expected) {
            throw new IOException("must be " + what);
        }
    }
}
