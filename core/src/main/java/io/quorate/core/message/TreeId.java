package io.quorate.core.message;

/**
 * Names one hash tree: it covers the keys of a partition that the same {@code n} nodes keep, so that keys of different n are
 * compared by exactly the nodes that have them.
 */
public record TreeId(int partition, int n) {
    /** Throws {@code IllegalArgumentException} for what no tree can be, so that such a message is malformed. */
    public TreeId {
        if (partition < 0 || n < 1) {
            throw new IllegalArgumentException("no tree of partition " + partition + " and n " + n);
        }
    }
}
