package io.quorate.core.version;

import io.quorate.core.Bytes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A value that a version was made from, kept with it so that it can be merged with others made from the same.
 *
 * @param writes whose value it was, sorted by dot: one, or several that were shown merged
 */
public record Ancestor(List<Receipt> writes, Bytes value) {
    /** How many of them one version keeps, the nearest. */
    public static final int KEPT_MAX = 8;

    static final Comparator<List<Ancestor>> ORDER =
            (a, b) -> Arrays.compare(a.toArray(Ancestor[]::new), b.toArray(Ancestor[]::new), Ancestor::compare);
    private static final Comparator<Receipt> BY_DOT =
            Comparator.comparing(Receipt::dot).thenComparing(Receipt::request);

    public Ancestor {
        writes = List.copyOf(writes);
    }

    private static int compare(Ancestor a, Ancestor b) {
        int byWrites = Arrays.compare(a.writes.toArray(Receipt[]::new), b.writes.toArray(Receipt[]::new), BY_DOT);
        return byWrites != 0 ? byWrites : a.value.compareTo(b.value);
    }
}
