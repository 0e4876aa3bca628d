package io.quorate.antientropy;

import io.quorate.core.ring.Ring;
import io.quorate.merkle.MerkleTree;

/** How the tokens of a partition are dealt out to the leaves of its trees: in order, so that a leaf is one range of storage. */
final class Leaves {
    private static final int LEAF_BITS = Integer.numberOfTrailingZeros(MerkleTree.LEAVES);

    private final Ring ring;
    private final int partitionBits;

    Leaves(Ring ring) {
        this.ring = ring;
        this.partitionBits = Integer.numberOfTrailingZeros(ring.partitions());
    }

    int leafOf(long token) {
        return (int) ((token << partitionBits) >>> (Long.SIZE - LEAF_BITS));
    }

    long firstToken(int partition, int leaf) {
        return ring.firstToken(partition) + ((long) leaf << (Long.SIZE - LEAF_BITS - partitionBits));
    }

    long lastToken(int partition, int leaf) {
        return firstToken(partition, leaf) + (1L << (Long.SIZE - LEAF_BITS - partitionBits)) - 1;
    }
}
