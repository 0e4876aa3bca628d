package io.quorate.node.simulation;

import io.quorate.coordinator.api.PatchAnswer;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.datatype.DataType;
import io.quorate.core.datatype.ElementId;
import io.quorate.core.datatype.FieldPath;
import io.quorate.core.datatype.Operation;
import io.quorate.core.datatype.Operation.Place;
import io.quorate.core.version.Context;
import io.quorate.core.version.RequestId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A client that patches one value of each type, and repeats every patch under its idempotency key until somebody says that it is done.
 *
 * <p>Of sets, documents and lists it changes what is its own, each time on what it knows, so it is the oracle of that itself.
 */
final class PatchClient {
    private static final List<DataType> TYPES = List.of(DataType.values());

    private final int id;
    private final RandomGenerator random;
    private final Map<DataType, Open> open = new EnumMap<>(DataType.class);
    private final Map<DataType, Context> known = new EnumMap<>(DataType.class);
    private final List<Bytes> elements = new ArrayList<>();
    private final List<ElementId> inserted = new ArrayList<>();
    private Bytes field = Bytes.utf8("null");
    private long added;
    private int begun;
    private int repeated;

    PatchClient(int id, RandomGenerator random) {
        this.id = id;
        this.random = random;
    }

    /** A patch that nobody has acknowledged yet. */
    private record Open(Key key, Operation operation, WriteOptions options, Runnable whenDone) {}

    static Key key(DataType type) {
        return Key.of("typed", type.label());
    }

    /** What it has added to the counter. */
    long added() {
        return added;
    }

    /** Its own elements of the set. */
    List<Bytes> elements() {
        return elements;
    }

    /** Its elements of the list, in the order in which it put them one behind the other. */
    List<ElementId> inserted() {
        return inserted;
    }

    /** Its field of the document, and what it set it to at last. */
    String fieldAsJson() {
        return name() + ":" + field.toUtf8();
    }

    int begun() {
        return begun;
    }

    /** How many patches it had to send more than once. */
    int repeated() {
        return repeated;
    }

    boolean isDone() {
        return open.isEmpty();
    }

    /** Begins a patch, or repeats one. */
    void act(Coordinator node) {
        DataType type = TYPES.get(random.nextInt(4));
        if (open.containsKey(type)) {
            repeated++;
        } else {
            begun++;
            open.put(type, next(type, "p" + id + "-" + begun));
        }
        send(node, type);
    }

    /** Repeats whatever is not done. */
    void repeat(Coordinator node) {
        List.copyOf(open.keySet()).forEach(type -> send(node, type));
    }

    private void send(Coordinator node, DataType type) {
        Open patch = open.get(type);
        node.patch(patch.key(), List.of(patch.operation()), patch.options(), result -> {
            if (result instanceof Result.Done<PatchAnswer> done && patch.equals(open.get(type))) {
                open.remove(type);
                known.put(type, done.answer().write().context());
                patch.whenDone().run();
            }
        });
    }

    private Open next(DataType type, String idempotencyKey) {
        // A counter's patches need not know of each other.
        Context basis = type == DataType.COUNTER ? Context.EMPTY : known.getOrDefault(type, Context.EMPTY);
        WriteOptions options = WriteOptions.DEFAULT
                .withContext(basis)
                .withIdempotencyKey(idempotencyKey)
                .withTimeoutMillis(random.nextInt(100) < 20 ? 50 + random.nextInt(300) : 2_000);
        return switch (type) {
            case COUNTER -> {
                long by = random.nextLong(1_000) - 300;
                yield new Open(key(type), new Operation.Increment(by), options, () -> added += by);
            }
            case SET -> change(options);
            case DOCUMENT -> assign(options);
            case LIST -> insert(options, RequestId.ofIdempotencyKey(key(type), idempotencyKey));
        };
    }

    private Open change(WriteOptions options) {
        if (!elements.isEmpty() && random.nextInt(3) == 0) {
            Bytes element = elements.get(random.nextInt(elements.size()));
            return new Open(
                    key(DataType.SET),
                    new Operation.Change(List.of(element), List.of()),
                    options,
                    () -> elements.remove(element));
        }
        // Few names, so that what was removed is added again.
        Bytes element = Bytes.utf8("\"c" + id + "-" + random.nextInt(8) + "\"");
        return new Open(key(DataType.SET), new Operation.Change(List.of(), List.of(element)), options, () -> {
            elements.remove(element);
            elements.add(element);
        });
    }

    private Open assign(WriteOptions options) {
        Bytes value = Bytes.utf8(Integer.toString(begun));
        Operation.Assignment set = new Operation.Assignment(new FieldPath(List.of(name())), Optional.of(value));
        return new Open(key(DataType.DOCUMENT), new Operation.MergePatch(List.of(set)), options, () -> field = value);
    }

    private Open insert(WriteOptions options, RequestId request) {
        if (inserted.size() > 2 && random.nextInt(4) == 0) {
            ElementId gone = inserted.get(random.nextInt(inserted.size()));
            return new Open(
                    key(DataType.LIST), new Operation.Delete(List.of(gone)), options, () -> inserted.remove(gone));
        }
        Optional<ElementId> last =
                inserted.isEmpty() ? Optional.empty() : Optional.of(inserted.get(inserted.size() - 1));
        List<Bytes> values = List.of(Bytes.utf8("\"x\""), Bytes.utf8("\"y\""));
        return new Open(key(DataType.LIST), new Operation.Insert(Place.AFTER, last, values), options, () -> {
            inserted.add(new ElementId(request, 0));
            inserted.add(new ElementId(request, 1));
        });
    }

    private String name() {
        return "\"f" + id + "\"";
    }
}
