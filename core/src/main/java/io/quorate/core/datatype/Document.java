package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.datatype.Operation.Assignment;
import io.quorate.core.version.Dot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A JSON object whose fields change on their own.
 *
 * @param fields by path: each holds a value that is no object, or {@link #OBJECT}, the mark of a field that is one. Of several values
 *     under one path, which replicas set without knowing of each other, the latest is shown
 */
record Document(DotMap<FieldPath, Bytes> fields) implements Body {
    /** The mark of a field that is an object, whatever is in it. */
    static final Bytes OBJECT = Bytes.utf8("{}");

    static final Document EMPTY = new Document(DotMap.empty());

    @Override
    public DataType type() {
        return DataType.DOCUMENT;
    }

    @Override
    public Body merge(Body other, Meeting meeting) {
        return new Document(fields.merge(((Document) other).fields, meeting, (same, again) -> same));
    }

    @Override
    public Body apply(Operation operation, Event event, int first) {
        Document changed = this;
        for (Assignment assignment : ((Operation.MergePatch) operation).assignments()) {
            changed = changed.assign(assignment, event.dot());
        }
        return changed;
    }

    private Document assign(Assignment assignment, Dot dot) {
        FieldPath path = assignment.path();
        if (assignment.value().isEmpty()) {
            return new Document(fields.without(other -> other.startsWith(path)));
        }
        Bytes value = assignment.value().get();
        TreeMap<Dot, Bytes> written = new TreeMap<>();
        if (!value.equals(OBJECT)) {
            written.put(dot, value);
            return new Document(fields.without(other -> other.startsWith(path)).with(path, written));
        }
        // What is an object stays as it is; what is none, or nothing, becomes one. Values seen beside it are replaced.
        SortedMap<Dot, Bytes> before = fields.entries().getOrDefault(path, new TreeMap<>());
        before.forEach((old, held) -> {
            if (held.equals(OBJECT)) {
                written.put(old, held);
            }
        });
        if (written.isEmpty()) {
            written.put(dot, OBJECT);
        }
        return new Document(fields.with(path, written));
    }

    @Override
    public Bytes toJson(Journal journal) {
        return DocumentTree.of(fields).toJson();
    }

    /** Fields of which concurrent changes were lost to a later one. */
    List<FieldConflict> conflicts() {
        List<FieldConflict> found = new ArrayList<>();
        DocumentTree.of(fields).addConflicts(found);
        return found;
    }

    @Override
    public void write(ByteWriter out, Actors actors) {
        out.varint(fields.entries().size());
        for (Entry<FieldPath, SortedMap<Dot, Bytes>> field : fields.entries().entrySet()) {
            out.varint(field.getKey().names().size());
            field.getKey().names().forEach(out::utf8);
            out.varint(field.getValue().size());
            field.getValue().forEach((dot, value) -> {
                actors.writeDot(out, dot);
                out.bytes(value);
            });
        }
    }

    static Document read(ByteReader in, Actors actors) {
        TreeMap<FieldPath, SortedMap<Dot, Bytes>> fields = new TreeMap<>();
        for (int left = in.count(2); left > 0; left--) {
            FieldPath path = readPath(in);
            TreeMap<Dot, Bytes> values = new TreeMap<>();
            for (int more = in.count(10); more > 0; more--) {
                values.put(actors.readDot(in), in.bytes());
            }
            fields.put(path, values);
        }
        return new Document(new DotMap<>(fields));
    }

    static FieldPath readPath(ByteReader in) {
        List<String> names = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            names.add(in.utf8());
        }
        return new FieldPath(names);
    }
}
