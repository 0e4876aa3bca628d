package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import java.util.List;
import java.util.Optional;

/** One change that a client asks of a value. Values within are JSON texts in canonical form, so that equal ones are equal bytes. */
public sealed interface Operation {
    DataType type();

    /** Adds to a counter, or takes away. */
    record Increment(long by) implements Operation {
        @Override
        public DataType type() {
            return DataType.COUNTER;
        }
    }

    /** Removes elements of a set, as far as they are there, and then adds others. */
    record Change(List<Bytes> remove, List<Bytes> add) implements Operation {
        @Override
        public DataType type() {
            return DataType.SET;
        }
    }

    /** Merges a patch into a document (RFC 7386), told as the fields it changes, each parent before its children. */
    record MergePatch(List<Assignment> assignments) implements Operation {
        @Override
        public DataType type() {
            return DataType.DOCUMENT;
        }
    }

    /** What a merge patch does to one field; without a value it is removed, with {@link Document#OBJECT} it is an object. */
    record Assignment(FieldPath path, Optional<Bytes> value) {}

    /** Inserts elements into a list, next to one that is there, or at an end. */
    record Insert(Place place, Optional<ElementId> next, List<Bytes> values) implements Operation {
        @Override
        public DataType type() {
            return DataType.LIST;
        }
    }

    /** On which side of an element; without one, {@code AFTER} is at the end of the list and {@code BEFORE} at its start. */
    enum Place {
        AFTER,
        BEFORE
    }

    /** Deletes elements of a list, as far as they are there. */
    record Delete(List<ElementId> elements) implements Operation {
        @Override
        public DataType type() {
            return DataType.LIST;
        }
    }
}
