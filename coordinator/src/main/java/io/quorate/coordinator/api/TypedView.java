package io.quorate.coordinator.api;

import io.quorate.core.datatype.DataType;
import io.quorate.core.datatype.ElementId;
import io.quorate.core.datatype.FieldConflict;
import io.quorate.core.datatype.TypedValue;
import java.util.List;

/**
 * What there is to know of a typed value beside its plain JSON.
 *
 * @param elements ids of a list's elements, in order, to insert next to and to delete
 * @param conflicts fields of a document of which a concurrent change was lost to a later one
 */
public record TypedView(DataType type, List<ElementId> elements, List<FieldConflict> conflicts) {
    public static TypedView of(TypedValue value) {
        return new TypedView(value.type(), value.elementIds(), value.conflicts());
    }
}
