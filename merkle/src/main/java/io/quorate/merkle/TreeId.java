package io.quorate.merkle;

import java.util.Comparator;

/** Which keys a tree covers: those of one partition that are kept in n copies. Ordered by partition, then n. */
public record TreeId(int partition, int n) implements Comparable<TreeId> {
    private static final Comparator<TreeId> ORDER =
            Comparator.comparingInt(TreeId::partition).thenComparingInt(TreeId::n);

    public TreeId {
        if (!exists(partition, n)) {
            throw new IllegalArgumentException("no tree of partition " + partition + " and n " + n);
        }
    }

    static boolean exists(int partition, int n) {
        return partition >= 0 && n >= 1;
    }

    @Override
    public int compareTo(TreeId other) {
        return ORDER.compare(this, other);
    }
}
