package io.quorate.merkle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The trees of one node, or of one of its shards: one for each partition and n that it has entries of, and no others.
 *
 * <p>A tree takes two kilobytes, however many entries it covers. Like its trees, a forest belongs to one thread.
 */
public final class Forest {
    /** By partition, found at once since each write asks; then by n, of which a partition has few. */
    private final Map<Integer, SortedMap<Integer, MerkleTree>> partitions = new LinkedHashMap<>();

    /**
     * Puts an entry in, replaces it or takes it out, as {@link MerkleTree#update} does. An entry whose n grew is taken out of one tree
     * and put into the other.
     */
    public void update(int partition, int n, int leaf, long before, long after) {
        if (before == after) {
            return;
        }
        MerkleTree tree = of(partition).get(n);
        if (tree == null) {
            tree = new MerkleTree();
            put(new TreeId(partition, n), tree);
        }
        tree.update(leaf, before, after);
        if (tree.leaf(leaf) == 0 && tree.isEmpty()) {
            of(partition).remove(n);
        }
    }

    /** The tree as it is now, an empty one if there is none: to be read, since only {@link #update} keeps the forest in order. */
    public MerkleTree tree(int partition, int n) {
        MerkleTree tree = of(partition).get(n);
        return tree == null ? new MerkleTree() : tree;
    }

    /** The root of a tree, 0 if there is none. */
    public long root(int partition, int n) {
        MerkleTree tree = of(partition).get(n);
        return tree == null ? 0 : tree.root();
    }

    /** All trees, by partition and then n, as they are now. */
    public SortedMap<TreeId, MerkleTree> trees() {
        SortedMap<TreeId, MerkleTree> all = new TreeMap<>();
        partitions.forEach((partition, trees) -> trees.forEach((n, tree) -> all.put(new TreeId(partition, n), tree)));
        return Collections.unmodifiableSortedMap(all);
    }

    /** Every n that entries of a partition have. */
    public SortedSet<Integer> copies(int partition) {
        return new TreeSet<>(of(partition).keySet());
    }

    /** Forgets all entries of a partition. */
    public void clear(int partition) {
        partitions.remove(partition);
    }

    /** The bytes that {@link #load} makes the same forest of. */
    public byte[] save() {
        return ForestFormat.encode(trees());
    }

    /**
     * The forest as it was saved. That it still matches the entries is the caller's to know: it does if nothing was written since.
     *
     * @throws DamagedForestException if anything about the bytes is not as they were written
     */
    public static Forest load(byte[] saved) throws DamagedForestException {
        Forest forest = new Forest();
        ForestFormat.decode(saved).forEach(forest::put);
        return forest;
    }

    private void put(TreeId id, MerkleTree tree) {
        partitions.computeIfAbsent(id.partition(), partition -> new TreeMap<>()).put(id.n(), tree);
    }

    private SortedMap<Integer, MerkleTree> of(int partition) {
        return partitions.getOrDefault(partition, Collections.emptySortedMap());
    }
}
