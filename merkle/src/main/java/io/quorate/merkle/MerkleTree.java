package io.quorate.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A hash tree of a root, 16 inner nodes and 256 leaves: two trees have equal roots when they hold equal entries, and only then, up to
 * a collision of 64 bits.
 *
 * <p>A leaf is the XOR of the hashes of its entries, so a change costs the same however many there are. An inner node hashes its
 * children in order, once it is asked for. A node with nothing below it is 0, and no other inner node or root is.
 */
public final class MerkleTree {
    public static final int LEAVES = 256;

    static final int FAN_OUT = 16;
    static final int LEAF_LEVEL = 2;

    private final long[] leaves = new long[LEAVES];
    private final long[] inner = new long[FAN_OUT];
    private long root;
    /** Bit i: something below inner node i has changed since that node and the root were hashed. */
    private int stale;

    /**
     * Puts an entry in, replaces it or takes it out. Updates may come in any order.
     *
     * @param before {@link EntryHash} of the entry as the tree holds it, {@link EntryHash#NONE} if it does not; a tree cannot check this,
     *     and a wrong one leaves a difference that stays until the tree is built anew
     * @param after that of the entry as it is now, {@code NONE} if there is none any more
     */
    public void update(int leaf, long before, long after) {
        if (before != after) {
            leaves[leaf] ^= before ^ after;
            stale |= 1 << (leaf / FAN_OUT);
        }
    }

    public void clear() {
        Arrays.fill(leaves, 0);
        stale = -1 >>> (Integer.SIZE - FAN_OUT);
    }

    public boolean isEmpty() {
        for (long leaf : leaves) {
            if (leaf != 0) {
                return false;
            }
        }
        return true;
    }

    public long leaf(int leaf) {
        return leaves[leaf];
    }

    public long root() {
        if (stale != 0) {
            refresh();
        }
        return root;
    }

    /** The hashes of some nodes, in the order of their indices. */
    public List<Long> hashes(TreeNodes nodes) {
        List<Long> hashes = new ArrayList<>(nodes.indices().size());
        for (int index : nodes.indices()) {
            hashes.add(hash(nodes.level(), index));
        }
        return hashes;
    }

    /**
     * Those of {@code asked} whose hashes are not the same here.
     *
     * @param theirs the other tree's hashes of these nodes
     * @throws IllegalArgumentException if there are more or fewer hashes than nodes
     */
    public TreeNodes differing(TreeNodes asked, List<Long> theirs) {
        List<Integer> indices = asked.indices();
        if (theirs.size() != indices.size()) {
            throw new IllegalArgumentException(theirs.size() + " hashes of " + indices.size() + " nodes");
        }
        List<Integer> differing = new ArrayList<>();
        for (int i = 0; i < indices.size(); i++) {
            if (hash(asked.level(), indices.get(i)) != theirs.get(i)) {
                differing.add(indices.get(i));
            }
        }
        return new TreeNodes(asked.level(), differing);
    }

    /** The leaves that are not the same in both, ascending: what nodes find out in messages, within one process. */
    public List<Integer> differingLeaves(MerkleTree other) {
        TreeNodes differing = other.differing(TreeNodes.ROOT, hashes(TreeNodes.ROOT));
        while (!differing.isEmpty() && !differing.areLeaves()) {
            TreeNodes asked = differing.children();
            differing = other.differing(asked, hashes(asked));
        }
        return differing.indices();
    }

    private long hash(int level, int index) {
        if (level == LEAF_LEVEL) {
            return leaves[index];
        }
        long root = root();
        return level == 0 ? root : inner[index];
    }

    private void refresh() {
        for (int i = 0; i < FAN_OUT; i++) {
            if ((stale & 1 << i) != 0) {
                inner[i] = parentOf(leaves, i * FAN_OUT);
            }
        }
        root = parentOf(inner, 0);
        stale = 0;
    }

    private static long parentOf(long[] level, int firstChild) {
        long hash = 0;
        long anyBits = 0;
        for (int i = firstChild; i < firstChild + FAN_OUT; i++) {
            hash = Mix.join(hash, level[i]);
            anyBits |= level[i];
        }
        return anyBits == 0 ? 0 : hash;
    }
}
