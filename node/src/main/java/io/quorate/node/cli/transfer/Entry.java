package io.quorate.node.cli.transfer;

import io.quorate.core.Bytes;
import io.quorate.node.cli.text.RawJson;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * One line of a file.
 *
 * @param line from one
 * @param value JSON, as it stands in the file
 */
record Entry(long line, String key, Bytes value) {
    private static final Set<String> FIELDS = Set.of("key", "value");

    /**
     * Reads {@code {"key": "a", "value": 2.50}}.
     *
     * @throws IOException with what is wrong, as it reads after "the line"
     */
    static Entry parse(long line, byte[] json) throws IOException {
        Map<String, byte[]> fields;
        try {
            fields = RawJson.fields(json);
        } catch (IOException malformed) {
            throw new IOException("is no JSON object: " + firstLine(malformed), malformed);
        }
        if (!fields.keySet().equals(FIELDS)) {
            throw new IOException("must have \"key\" and \"value\" and nothing else, not " + fields.keySet());
        }
        try {
            return new Entry(line, RawJson.string(fields.get("key")), Bytes.wrap(fields.get("value")));
        } catch (IOException noString) {
            throw new IOException("has a key that is no string", noString);
        }
    }

    private static String firstLine(IOException malformed) {
        return malformed.getMessage().lines().findFirst().orElse("malformed");
    }
}
