package io.quorate.merkle;

/** Which keys a tree covers: those of one partition that are kept in n copies. Ordered by partition, then n. */
public record TreeId(int partition, int n) implements Comparable<TreeId> {
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
        return partition == other.partition ? Integer.compare(n, other.n) : Integer.compare(partition, other.partition);
    }
}
