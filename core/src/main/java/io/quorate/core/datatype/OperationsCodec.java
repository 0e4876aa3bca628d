package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.datatype.Operation.Assignment;
import io.quorate.core.datatype.Operation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The binary form of a request's operations, from a coordinator to the replica that carries them out. */
public final class OperationsCodec {
    private static final int INCREMENT = 1;
    private static final int CHANGE = 2;
    private static final int MERGE_PATCH = 3;
    private static final int INSERT = 4;
    private static final int DELETE = 5;

    private OperationsCodec() {}

    public static Bytes encode(List<Operation> operations) {
        ByteWriter out = new ByteWriter().varint(operations.size());
        operations.forEach(operation -> write(out, operation));
        return out.toBytes();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedException when the bytes are not whole operations, or none
     */
    public static List<Operation> decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        List<Operation> operations = list(in, OperationsCodec::read);
        in.expectEnd();
        if (operations.isEmpty()) {
            throw new MalformedException("no operation");
        }
        return operations;
    }

    private static void write(ByteWriter out, Operation operation) {
        if (operation instanceof Operation.Increment increment) {
            out.int8(INCREMENT).int64(increment.by());
        } else if (operation instanceof Operation.Change change) {
            writeAll(out.int8(CHANGE), change.remove());
            writeAll(out, change.add());
        } else if (operation instanceof Operation.MergePatch patch) {
            out.int8(MERGE_PATCH).varint(patch.assignments().size());
            patch.assignments().forEach(assignment -> write(out, assignment));
        } else if (operation instanceof Operation.Insert insert) {
            out.int8(INSERT).int8(insert.place() == Place.AFTER ? 0 : 1);
            out.int8(insert.next().isPresent() ? 1 : 0);
            insert.next().ifPresent(element -> element.write(out));
            writeAll(out, insert.values());
        } else if (operation instanceof Operation.Delete delete) {
            out.int8(DELETE).varint(delete.elements().size());
            delete.elements().forEach(element -> element.write(out));
        } else {
            throw new IllegalStateException("no form for " + operation.getClass());
        }
    }

    private static void write(ByteWriter out, Assignment assignment) {
        out.varint(assignment.path().names().size());
        assignment.path().names().forEach(out::utf8);
        out.int8(assignment.value().isPresent() ? 1 : 0);
        assignment.value().ifPresent(out::bytes);
    }

    private static Operation read(ByteReader in) {
        return switch (in.int8()) {
            case INCREMENT -> new Operation.Increment(in.int64());
            case CHANGE -> new Operation.Change(list(in, ByteReader::bytes), list(in, ByteReader::bytes));
            case MERGE_PATCH -> new Operation.MergePatch(list(in, OperationsCodec::readAssignment));
            case INSERT ->
                new Operation.Insert(
                        in.int8() == 0 ? Place.AFTER : Place.BEFORE,
                        in.int8() == 1 ? Optional.of(ElementId.read(in)) : Optional.empty(),
                        list(in, ByteReader::bytes));
            case DELETE -> new Operation.Delete(list(in, ElementId::read));
            default -> throw new MalformedException("unknown operation");
        };
    }

    private static Assignment readAssignment(ByteReader in) {
        FieldPath path = Document.readPath(in);
        return new Assignment(path, in.int8() == 1 ? Optional.of(in.bytes()) : Optional.empty());
    }

    private static void writeAll(ByteWriter out, List<Bytes> values) {
        out.varint(values.size());
        values.forEach(out::bytes);
    }

    private static <T> List<T> list(ByteReader in, Function<ByteReader, T> element) {
        List<T> all = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            all.add(element.apply(in));
        }
        return all;
    }
}
