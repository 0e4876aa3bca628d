package io.quorate.node.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.coordinator.api.GroupWrite;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.version.Context;
import io.quorate.node.http.json.JsonText;
import io.quorate.node.http.request.KeyPath;
import io.quorate.node.http.request.Parameter;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Refusal;
import io.quorate.node.http.request.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The body of a write of several keys of one group, read token by token; values are cut out of it as they are.
 *
 * <pre>
 * {"entries": [{"key": "{t}a", "value": any JSON, "context": token}, {"key": "{t}b", "delete": true}]}
 * </pre>
 */
final class GroupBody {
    static final int ENTRIES_MAX = 100;
    private static final String SHAPE = "The body must be {\"entries\":[...]} with 1 to " + ENTRIES_MAX
            + " entries {\"key\":\"...\",\"value\":...} or {\"key\":\"...\",\"delete\":true}, each perhaps with a \"context\"; ";

    private final byte[] text;
    private final String bucket;
    private final int keyBytesMax;
    private final JsonParser parser;

    private GroupBody(byte[] text, String bucket, int keyBytesMax) {
        this.text = text;
        this.bucket = bucket;
        this.keyBytesMax = keyBytesMax;
        this.parser = JsonText.parser(text);
    }

    /** The writes that a text, known to be JSON, asks for; refuses what is no write of one group. */
    static List<GroupWrite> read(byte[] text, String bucket, int keyBytesMax) {
        GroupBody body = new GroupBody(text, bucket, keyBytesMax);
        try (body.parser) {
            List<GroupWrite> writes = body.entries();
            requireOneGroup(writes);
            return writes;
        } catch (IOException e) {
            throw new UncheckedIOException("the text was checked before", e);
        }
    }

    private static void requireOneGroup(List<GroupWrite> writes) {
        for (GroupWrite write : writes) {
            if (write.key().tag().isEmpty()) {
                throw refusal("The key '" + write.key().name()
                        + "' has no {tag}; keys that are written together share one, as in {order-7}/total.");
            }
        }
        if (writes.stream().map(write -> Group.of(write.key())).distinct().count() > 1) {
            throw refusal("The keys have different tags; write each group by a request of its own.");
        }
        if (writes.stream().map(GroupWrite::key).distinct().count() < writes.size()) {
            throw refusal("A key is given more than once; give it once.");
        }
    }

    private List<GroupWrite> entries() throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "it is no object.");
        require(parser.nextToken() == JsonToken.FIELD_NAME, "it has no entries.");
        requireName("entries");
        require(parser.nextToken() == JsonToken.START_ARRAY, "its entries are no array.");
        List<GroupWrite> writes = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(writes.size() < ENTRIES_MAX, "there are more.");
            writes.add(entry());
        }
        require(!writes.isEmpty(), "there are none.");
        require(parser.nextToken() == JsonToken.END_OBJECT, "it has more than entries.");
        return writes;
    }

    private GroupWrite entry() throws IOException {
        require(parser.currentToken() == JsonToken.START_OBJECT, "one of them is no object.");
        Optional<String> name = Optional.empty();
        Optional<String> context = Optional.empty();
        Optional<Bytes> value = Optional.empty();
        boolean delete = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "key" -> name = Optional.of(string(field, name.isEmpty()));
                case "context" -> context = Optional.of(string(field, context.isEmpty()));
                case "value" -> {
                    require(value.isEmpty(), "one of them has two values.");
                    value = Optional.of(value());
                }
                case "delete" -> {
                    require(parser.currentToken() == JsonToken.VALUE_TRUE, "delete is nothing but true.");
                    delete = true;
                }
                default -> requireName("key");
            }
        }
        require(name.isPresent(), "one of them has no key.");
        require(value.isPresent() != delete, "'" + name.get() + "' needs either a value or \"delete\":true.");
        Key key = KeyPath.named(bucket, name.get(), keyBytesMax);
        Context seen =
                context.map(token -> Values.seen(Parameter.CONTEXT, token, key)).orElse(Context.EMPTY);
        return new GroupWrite(key, value, seen);
    }

    private String string(String field, boolean first) throws IOException {
        require(first && parser.currentToken() == JsonToken.VALUE_STRING, "a " + field + " is one string.");
        return parser.getText();
    }

    /** As it was written. */
    private Bytes value() throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return Bytes.wrap(
                Arrays.copyOfRange(text, start, (int) parser.currentLocation().getByteOffset()));
    }

    private void requireName(String known) throws IOException {
        require(parser.currentName().equals(known), "there is no field '" + parser.currentName() + "'.");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw refusal(SHAPE + otherwise);
        }
    }

    private static Refusal refusal(String message) {
        return new Refusal(Problem.invalidParameter(message));
    }
}
