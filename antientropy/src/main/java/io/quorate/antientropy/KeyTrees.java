package io.quorate.antientropy;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.message.ExchangeRequest.TreeRoot;
import io.quorate.core.message.TreeId;
import io.quorate.core.ring.Ring;
import io.quorate.merkle.EntryHash;
import io.quorate.merkle.Forest;
import io.quorate.merkle.MerkleTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hash trees over all keys that one shard keeps, its own and those it took for others, kept up to date with every change of
 * the store.
 *
 * <p>A partition's trees are of use once it was gone through from end to end; until then its changes are left to {@link TreeBuild}.
 */
public final class KeyTrees {
    private final Ring ring;
    private final Leaves leaves;
    private final List<Integer> partitions;
    private final BitSet built = new BitSet();
    private final int[] dead;
    private Forest forest = new Forest();
    private Optional<TreeBuild> build = Optional.empty();

    /**
     * The trees of one shard.
     *
     * @param partitions of the shard
     */
    public KeyTrees(Ring ring, List<Integer> partitions) {
        this.ring = ring;
        this.partitions = List.copyOf(partitions);
        this.leaves = new Leaves(ring);
        this.dead = new int[ring.partitions()];
    }

    /** A key's state was replaced; what is given must be what the store showed before, and shows from now on. */
    public void changed(Key key, KeyState before, KeyState after) {
        int partition = ring.partitionOf(key);
        if (built.get(partition)) {
            apply(partition, key.encoded(), before, after);
        } else {
            build.ifPresent(running -> running.changed(partition, key.encoded(), before, after));
        }
    }

    /**
     * The store took a change back that it had shown. Others may have been built on it, and some of them may stay: so the
     * partition's trees are built anew, which is sure and, as often as disks fail, cheap enough.
     */
    public void tookBack(Key key) {
        build.ifPresent(running -> running.add(List.of(ring.partitionOf(key))));
    }

    /**
     * Goes through the stored keys and builds the trees that are not built yet.
     *
     * @param whenBuilt runs whenever nothing is left to build
     */
    public void build(ReplicaKeys keys, Runnable whenBuilt) {
        TreeBuild running = new TreeBuild(this, keys, whenBuilt);
        build = Optional.of(running);
        running.add(
                partitions.stream().filter(partition -> !built.get(partition)).toList());
    }

    /**
     * Takes the trees that {@link #save} wrote, if nothing was written to the store since.
     *
     * @return whether they could be read; if not, they must be built
     */
    public boolean restore(Bytes saved) {
        Optional<SavedTrees> read = SavedTrees.decode(saved, ring.partitions());
        if (read.isEmpty()) {
            return false;
        }
        forest = read.get().forest();
        read.get().dead().forEach((partition, count) -> dead[partition] = count);
        partitions.forEach(built::set);
        return true;
    }

    /** All trees, for {@link #restore}; empty when they are not all built. */
    public Optional<Bytes> save() {
        if (!partitions.stream().allMatch(built::get)) {
            return Optional.empty();
        }
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (int partition : partitions) {
            if (dead[partition] > 0) {
                counts.put(partition, dead[partition]);
            }
        }
        return Optional.of(new SavedTrees(forest, counts).encode());
    }

    /** Whether both are built, and over the same keys in the same states. */
    public boolean isSameAs(KeyTrees other) {
        return built.equals(other.built)
                && Arrays.equals(dead, other.dead)
                && Arrays.equals(forest.save(), other.forest.save());
    }

    public List<Integer> partitions() {
        return partitions;
    }

    /** Whether a key belongs to the shard. */
    public boolean covers(Key key) {
        return partitions.contains(ring.partitionOf(key));
    }

    public boolean isBuilt(int partition) {
        return built.get(partition);
    }

    /** Keys of a partition that hold nothing but tombstones. */
    public int dead(int partition) {
        return dead[partition];
    }

    /** The numbers of copies that keys of a partition have; none when its trees are not built. */
    public Set<Integer> copies(int partition) {
        return built.get(partition) ? new TreeSet<>(forest.copies(partition)) : Set.of();
    }

    /** All trees that have keys, by partition and n. */
    List<TreeId> trees() {
        List<TreeId> ids = new ArrayList<>(forest.trees().size());
        forest.trees().keySet().forEach(id -> ids.add(new TreeId(id.partition(), id.n())));
        return ids;
    }

    /** The roots of all trees of a partition that have keys. */
    List<TreeRoot> roots(int partition) {
        List<TreeRoot> roots = new ArrayList<>();
        for (int n : forest.copies(partition)) {
            TreeId id = new TreeId(partition, n);
            roots.add(new TreeRoot(id, root(id)));
        }
        return roots;
    }

    MerkleTree tree(TreeId id) {
        return forest.tree(id.partition(), id.n());
    }

    long root(TreeId id) {
        return forest.root(id.partition(), id.n());
    }

    Leaves leaves() {
        return leaves;
    }

    Ring ring() {
        return ring;
    }

    void clear(int partition) {
        built.clear(partition);
        forest.clear(partition);
        dead[partition] = 0;
    }

    void markBuilt(int partition) {
        built.set(partition);
    }

    void apply(int partition, Bytes key, KeyState before, KeyState after) {
        dead[partition] += (after.isDead() ? 1 : 0) - (before.isDead() ? 1 : 0);
        int leaf = leaves.leafOf(Key.tokenOf(key));
        long keyHash = Hash.of(key);
        if (before.n() == after.n()) {
            if (before.isPresent()) {
                forest.update(partition, before.n(), leaf, hash(keyHash, before), hash(keyHash, after));
            }
            return;
        }
        if (before.isPresent()) {
            forest.update(partition, before.n(), leaf, hash(keyHash, before), EntryHash.NONE);
        }
        if (after.isPresent()) {
            forest.update(partition, after.n(), leaf, EntryHash.NONE, hash(keyHash, after));
        }
    }

    private static long hash(long keyHash, KeyState state) {
        return EntryHash.of(keyHash, state.digest());
    }
}
