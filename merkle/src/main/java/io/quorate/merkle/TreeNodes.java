package io.quorate.merkle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Some nodes of one level of a tree: what one step of a comparison asks about, and what it is answered.
 *
 * <p>The other side of a comparison is not trusted to be right: whatever is not the nodes of a tree, in ascending order, is refused.
 *
 * @param level 0 is the root's, 1 that of the inner nodes, 2 that of the leaves
 * @param indices the nodes' places in their level, strictly ascending
 */
public record TreeNodes(int level, List<Integer> indices) {
    public static final TreeNodes ROOT = new TreeNodes(0, List.of(0));

    /** Throws {@code IllegalArgumentException} if there are no such nodes. */
    public TreeNodes {
        indices = List.copyOf(indices);
        if (level < 0 || level > MerkleTree.LEAF_LEVEL) {
            throw new IllegalArgumentException("no level " + level);
        }
        int least = 0;
        for (int index : indices) {
            if (index < least || index >= width(level)) {
                throw new IllegalArgumentException(
                        "node " + index + " of level " + level + " does not exist or is out of order");
            }
            least = index + 1;
        }
    }

    public boolean isEmpty() {
        return indices.isEmpty();
    }

    public boolean areLeaves() {
        return level == MerkleTree.LEAF_LEVEL;
    }

    /** What to ask about next, if these differ; leaves have none. */
    public TreeNodes children() {
        if (areLeaves()) {
            throw new IllegalStateException("leaves have no children");
        }
        List<Integer> children = new ArrayList<>(indices.size() * MerkleTree.FAN_OUT);
        for (int index : indices) {
            for (int child = 0; child < MerkleTree.FAN_OUT; child++) {
                children.add(index * MerkleTree.FAN_OUT + child);
            }
        }
        return new TreeNodes(level + 1, children);
    }

    /**
     * Those of these nodes that the other side's answer named.
     *
     * @throws IllegalArgumentException if it named others
     */
    public TreeNodes answered(List<Integer> differing) {
        TreeNodes answer = new TreeNodes(level, differing);
        for (int index : answer.indices) {
            if (Collections.binarySearch(indices, index) < 0) {
                throw new IllegalArgumentException("node " + index + " was not asked about");
            }
        }
        return answer;
    }

    private static int width(int level) {
        return level == 0 ? 1 : MerkleTree.FAN_OUT * width(level - 1);
    }
}
