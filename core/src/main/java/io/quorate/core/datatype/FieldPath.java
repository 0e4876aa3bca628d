package io.quorate.core.datatype;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a field is in a document.
 *
 * @param names from the outermost in, each as a canonical JSON string, quotes and all
 */
public record FieldPath(List<String> names) implements Comparable<FieldPath> {
    public FieldPath {
        names = List.copyOf(names);
    }

    public FieldPath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new FieldPath(longer);
    }

    /** Whether it is {@code other} or within it. */
    boolean startsWith(FieldPath other) {
        return names.size() >= other.names.size()
                && names.subList(0, other.names.size()).equals(other.names);
    }

    /** A field comes before what is within it. */
    @Override
    public int compareTo(FieldPath other) {
        int common = Math.min(names.size(), other.names.size());
        for (int i = 0; i < common; i++) {
            int byName = names.get(i).compareTo(other.names.get(i));
            if (byName != 0) {
                return byName;
            }
        }
        return Integer.compare(names.size(), other.names.size());
    }
}
