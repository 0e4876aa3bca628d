package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import io.quorate.core.datatype.RejectedException.Reason;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import java.util.List;
import java.util.Optional;

/**
 * The state of a value that is changed by operations. {@link #merge} is commutative, associative and idempotent.
 *
 * @param seen all changes of the key that are in the body, or that were removed from it
 * @param journal the requests that asked for the latest of them
 */
public record TypedValue(Context seen, Journal journal, Body body) {
    /** What one value may take with all that its type keeps; as much as a plain one. */
    public static final int BYTES_MAX = 1 << 20;

    /**
     * A value in which nothing has happened, for a key that has none.
     *
     * @param seen all that its replica has seen of the key: what of it is gone was removed
     */
    public static TypedValue empty(DataType type, Context seen) {
        return new TypedValue(seen, Journal.EMPTY, Body.empty(type));
    }

    public DataType type() {
        return body.type();
    }

    /** Both sides' changes, each once; {@code other} is of the same type. */
    public TypedValue merge(TypedValue other) {
        Journal both = journal.merge(other.journal);
        return new TypedValue(seen.join(other.seen), both, body.merge(other.body, new Meeting(seen, other.seen, both)));
    }

    /**
     * The value after a request's operations, all of this type, in their order.
     *
     * @param dot under which the request is stamped
     * @param known all that the stamping replica has seen of the key
     * @throws RejectedException when one of them cannot be done: then none is
     */
    public TypedValue apply(List<Operation> operations, Dot dot, RequestId request, Context known) {
        Event event = new Event(dot, request, journal);
        Body changed = body;
        long amount = 0;
        int inserted = 0;
        for (Operation operation : operations) {
            if (operation.type() != type()) {
                throw new RejectedException(Reason.WRONG_TYPE, "the value is a " + type().label());
            }
            changed = changed.apply(operation, event, inserted);
            if (operation instanceof Operation.Increment increment) {
                amount += increment.by();
            } else if (operation instanceof Operation.Insert insert) {
                inserted += insert.values().size();
            }
        }
        return new TypedValue(
                seen.join(known).withDot(dot), journal.with(new Journal.Entry(request, dot, amount)), changed);
    }

    /** The dot under which a request changed this value, if that is still known. */
    public Optional<Dot> dotOf(RequestId request) {
        return journal.dotOf(request);
    }

    /** The plain value that readers see, as JSON. */
    public Bytes toJson() {
        return body.toJson(journal);
    }

    /** The ids of a list's elements, in order; of any other type empty. */
    public List<ElementId> elementIds() {
        return body instanceof Sequence list
                ? list.ordered().stream().map(Sequence.Element::id).toList()
                : List.of();
    }

    /** Fields of a document of which a concurrent change was lost; of any other type empty. */
    public List<FieldConflict> conflicts() {
        return body instanceof Document document ? document.conflicts() : List.of();
    }
}
