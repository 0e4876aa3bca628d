package io.quorate.merkle;

import java.util.Collections;
import java.util.NavigableMap;
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
    private final NavigableMap<TreeId, MerkleTree> trees = new TreeMap<>();

    /**
     * Puts an entry in, replaces it or takes it out, as {@link MerkleTree#update} does. An entry whose n grew is taken out of one tree
     * and put into the other.
     */
    public void update(int partition, int n, int leaf, long before, long after) {
        if (before == after) {
            return;
        }
        TreeId id = new TreeId(partition, n);
        MerkleTree tree = trees.get(id);
        if (tree == null) {
            tree = new MerkleTree();
            trees.put(id, tree);
        }
        tree.update(leaf, before, after);
        if (tree.leaf(leaf) == 0 && tree.isEmpty()) {
            trees.remove(id);
        }
    }

    /** The tree as it is now, an empty one if there is none: to be read, since only {@link #update} keeps the forest in order. */
    public MerkleTree tree(int partition, int n) {
        MerkleTree tree = trees.get(new TreeId(partition, n));
        return tree == null ? new MerkleTree() : tree;
    }

    /** The root of a tree, 0 if there is none. */
    public long root(int partition, int n) {
        MerkleTree tree = trees.get(new TreeId(partition, n));
        return tree == null ? 0 : tree.root();
    }

    /** All trees, by partition and then n: a view, to be read. */
    public SortedMap<TreeId, MerkleTree> trees() {
        return Collections.unmodifiableSortedMap(trees);
    }

    /** Every n that entries of a partition have. */
    public SortedSet<Integer> copies(int partition) {
        SortedSet<Integer> copies = new TreeSet<>();
        for (TreeId id : of(partition).keySet()) {
            copies.add(id.n());
        }
        return copies;
    }

    /** Forgets all entries of a partition. */
    public void clear(int partition) {
        of(partition).clear();
    }

    /** The bytes that {@link #load} makes the same forest of. */
    public byte[] save() {
        return ForestFormat.encode(trees);
    }

    /**
     * The forest as it was saved. That it still matches the entries is the caller's to know: it does if nothing was written since.
     *
     * @throws DamagedForestException if anything about the bytes is not as they were written
     */
    public static Forest load(byte[] saved) throws DamagedForestException {
        Forest forest = new Forest();
        forest.trees.putAll(ForestFormat.decode(saved));
        return forest;
    }

    private NavigableMap<TreeId, MerkleTree> of(int partition) {
        return trees.subMap(new TreeId(partition, 1), true, new TreeId(partition, Integer.MAX_VALUE), true);
    }
}
