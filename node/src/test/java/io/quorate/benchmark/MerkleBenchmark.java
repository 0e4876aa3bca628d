package io.quorate.benchmark;

import io.quorate.merkle.EntryHash;
import io.quorate.merkle.Forest;
import io.quorate.merkle.MerkleTree;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a change of a key costs its hash tree, and what the next comparison of trees costs after it. */
@State(Scope.Thread)
public class MerkleBenchmark {
    private static final int PARTITIONS = 1024;
    private static final int PLACES = 1 << 16;
    private static final int N = 3;

    private final Forest forest = new Forest();
    private final MerkleTree tree = new MerkleTree();
    private final int[] places = new int[PLACES];
    private final long[] hashes = new long[PLACES];
    private int next;

    /** Plants all trees, and draws where the changes fall. */
    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < PLACES; i++) {
            places[i] = random.nextInt(PARTITIONS * MerkleTree.LEAVES);
            hashes[i] = random.nextLong();
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            forest.update(partition, N, 0, EntryHash.NONE, hashes[partition]);
        }
    }

    @Benchmark
    public void update() {
        int place = places[next()];
        long before = EntryHash.of(hashes[next], place);
        long after = EntryHash.of(hashes[next], place + 1);
        forest.update(place / MerkleTree.LEAVES, N, place % MerkleTree.LEAVES, before, after);
    }

    @Benchmark
    public long updateAndRoot() {
        tree.update(places[next()] % MerkleTree.LEAVES, EntryHash.NONE, hashes[next]);
        return tree.root();
    }

    @Benchmark
    public long updateAllLeavesAndRoot() {
        for (int leaf = 0; leaf < MerkleTree.LEAVES; leaf++) {
            tree.update(leaf, EntryHash.NONE, hashes[next()]);
        }
        return tree.root();
    }

    private int next() {
        next = (next + 1) % PLACES;
        return next;
    }
}
