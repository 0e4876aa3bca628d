package io.quorate.coordinator.ycsb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.core.Bytes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import site.ycsb.ByteArrayByteIterator;
import site.ycsb.ByteIterator;

/** A record's fields as a JSON object of strings, with one character for each byte, so that any bytes come back as they were. */
final class Fields {
    private static final JsonFactory JSON = new JsonFactory();

    private Fields() {}

    static String write(Map<String, ByteIterator> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            for (Map.Entry<String, ByteIterator> field : fields.entrySet()) {
                String value = new String(field.getValue().toArray(), StandardCharsets.ISO_8859_1);
                out.writeStringField(field.getKey(), value);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text.toString();
    }

    /** Adds the fields that are wanted; all when {@code wanted} is null, as YCSB has it. */
    static void read(Bytes json, Set<String> wanted, Map<String, ByteIterator> into) {
        try (JsonParser in = JSON.createParser(json.array())) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                byte[] value = in.nextTextValue().getBytes(StandardCharsets.ISO_8859_1);
                if (wanted == null || wanted.contains(name)) {
                    into.put(name, new ByteArrayByteIterator(value));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("not a record of this binding", e);
        }
    }
}
