package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteWriter;

/** What one type keeps of its changes. Every method is a pure function. */
sealed interface Body permits Counter, ElementSet, Document, Sequence {
    DataType type();

    /** Both sides' changes, each once; {@code other} is of the same type. */
    Body merge(Body other, Meeting meeting);

    /**
     * The body after one operation of a request.
     *
     * @param first how many list elements earlier operations of the request inserted
     * @throws RejectedException when the operation cannot be done here
     */
    Body apply(Operation operation, Event event, int first);

    /** The plain value that readers see, as JSON. */
    Bytes toJson(Journal journal);

    void write(ByteWriter out, Actors actors);

    /** A body in which nothing has happened. */
    static Body empty(DataType type) {
        return switch (type) {
            case COUNTER -> Counter.EMPTY;
            case SET -> ElementSet.EMPTY;
            case DOCUMENT -> Document.EMPTY;
            case LIST -> Sequence.EMPTY;
        };
    }
}
