package io.quorate.coordinator.conflict;

import io.quorate.core.Bytes;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.datatype.ElementId;
import io.quorate.core.datatype.FieldPath;
import io.quorate.core.datatype.Operation;
import io.quorate.core.datatype.Operation.Assignment;
import io.quorate.core.datatype.Operation.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The operations of a patch as JSON: an object, or an array of objects that are carried out in turn.
 *
 * <pre>
 * counter   {"increment": 5}   {"decrement": 2}
 * set       {"add": ["a", "b"], "remove": ["c"]}
 * document  {"merge": {"name": "Alice", "address": {"city": null}}}
 * list      {"insert": {"after": id, "values": ["a", "b"]}}   {"delete": [id]}
 * </pre>
 */
public final class PatchJson {
    private static final String KNOWN =
            "operations are increment and decrement (a whole number), add and remove (arrays), merge (an object),"
                    + " insert ({\"after\" or \"before\": id, \"values\": [...]}) and delete (an array of ids)";
    private static final FieldPath ROOT = new FieldPath(List.of());
    private static final Bytes OBJECT = Bytes.utf8("{}");

    private PatchJson() {}

    /**
     * Reads a patch.
     *
     * @throws MalformedException with what to do about it, when the text is no patch
     */
    public static List<Operation> operations(byte[] text) {
        JsonValue patch = parse(text);
        List<JsonValue> objects = patch.kind() == JsonValue.Kind.ARRAY ? patch.elements() : List.of(patch);
        List<Operation> operations = new ArrayList<>();
        for (JsonValue object : objects) {
            require(object.kind() == JsonValue.Kind.OBJECT && !object.fields().isEmpty());
            operations.addAll(of(object.fields()));
        }
        require(!operations.isEmpty());
        if (operations.stream().map(Operation::type).distinct().count() > 1) {
            throw new MalformedException("A patch changes one data type: do not mix operations of several.");
        }
        return operations;
    }

    /** Reads a body that is itself a merge patch (RFC 7386). */
    public static List<Operation> mergePatch(byte[] text) {
        return List.of(merge(parse(text)));
    }

    private static List<Operation> of(SortedMap<String, JsonValue> fields) {
        List<Operation> operations = new ArrayList<>();
        List<Bytes> added = List.of();
        List<Bytes> removed = List.of();
        for (Map.Entry<String, JsonValue> field : fields.entrySet()) {
            JsonValue value = field.getValue();
            switch (field.getKey()) {
                case "\"increment\"" -> operations.add(new Operation.Increment(whole(value)));
                case "\"decrement\"" -> operations.add(new Operation.Increment(-whole(value)));
                case "\"add\"" -> added = canonical(value);
                case "\"remove\"" -> removed = canonical(value);
                case "\"merge\"" -> operations.add(merge(value));
                case "\"insert\"" -> operations.add(insert(value));
                case "\"delete\"" ->
                    operations.add(new Operation.Delete(
                            array(value).stream().map(PatchJson::id).toList()));
                default -> throw malformed("There is no operation " + field.getKey() + "; " + KNOWN + ".");
            }
        }
        if (fields.containsKey("\"add\"") || fields.containsKey("\"remove\"")) {
            operations.add(new Operation.Change(removed, added));
        }
        return operations;
    }

    private static long whole(JsonValue value) {
        try {
            // A sum of a thousand such amounts is far from the end of 64 bits.
            BigDecimal number = new BigDecimal(value.canonical().toUtf8());
            require(number.abs().compareTo(BigDecimal.valueOf(1L << 53)) <= 0);
            return number.longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw malformed("A counter changes by a whole number of at most 2^53; " + KNOWN + ".");
        }
    }

    private static Operation merge(JsonValue patch) {
        if (patch.kind() != JsonValue.Kind.OBJECT) {
            throw malformed(
                    "A document is merged with a JSON object (RFC 7386), like {\"merge\":{\"name\":\"Alice\"}}.");
        }
        List<Assignment> assignments = new ArrayList<>();
        assign(ROOT, patch, assignments);
        return new Operation.MergePatch(assignments);
    }

    private static void assign(FieldPath parent, JsonValue object, List<Assignment> assignments) {
        object.fields().forEach((name, value) -> {
            FieldPath path = parent.child(name);
            switch (value.kind()) {
                case NULL -> assignments.add(new Assignment(path, Optional.empty()));
                case OBJECT -> {
                    assignments.add(new Assignment(path, Optional.of(OBJECT)));
                    assign(path, value, assignments);
                }
                default -> assignments.add(new Assignment(path, Optional.of(value.text())));
            }
        });
    }

    private static Operation insert(JsonValue value) {
        SortedMap<String, JsonValue> fields = value.fields();
        JsonValue values = fields.get("\"values\"");
        JsonValue after = fields.get("\"after\"");
        JsonValue before = fields.get("\"before\"");
        int known = 1 + (after == null ? 0 : 1) + (before == null ? 0 : 1);
        require(values != null && !array(values).isEmpty() && fields.size() == known && known < 3);
        JsonValue next = before == null ? after : before;
        return new Operation.Insert(
                before == null ? Place.AFTER : Place.BEFORE,
                next == null || next.kind() == JsonValue.Kind.NULL ? Optional.empty() : Optional.of(id(next)),
                array(values).stream().map(JsonValue::text).toList());
    }

    private static ElementId id(JsonValue value) {
        require(value.kind() == JsonValue.Kind.STRING);
        String quoted = value.canonical().toUtf8();
        try {
            return ElementId.parse(quoted.substring(1, quoted.length() - 1));
        } catch (MalformedException e) {
            throw malformed("An element is named by its id, which a GET of the list shows under \"ids\".");
        }
    }

    private static List<Bytes> canonical(JsonValue value) {
        return array(value).stream().map(JsonValue::canonical).toList();
    }

    private static List<JsonValue> array(JsonValue value) {
        require(value.kind() == JsonValue.Kind.ARRAY);
        return value.elements();
    }

    private static JsonValue parse(byte[] text) {
        return JsonValue.parse(Bytes.wrap(text))
                .orElseThrow(() -> malformed("The patch has a number that is too long to be compared."));
    }

    private static void require(boolean wellFormed) {
        if (!wellFormed) {
            throw malformed("This is not an operation; " + KNOWN + ".");
        }
    }

    private static MalformedException malformed(String message) {
        return new MalformedException(message);
    }
}
