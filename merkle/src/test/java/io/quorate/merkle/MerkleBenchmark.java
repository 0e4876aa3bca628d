package io.quorate.merkle;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;

/**
 * What an update, a root and a tree cost, in CPU time and bytes allocated by this thread.
 *
 * <p>A program, not a test: {@code main [partitions]}. Every loop's outcome is printed, so that none is optimized away.
 */
public final class MerkleBenchmark {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int UPDATES = 20_000_000;
    private static final int ROOTS = 1_000_000;
    private static final int N = 3;

    private final int partitions;
    private final int[] places = new int[1 << 16];
    private final long[] hashes = new long[1 << 16];

    private MerkleBenchmark(int partitions, Random random) {
        this.partitions = partitions;
        for (int i = 0; i < places.length; i++) {
            places[i] = random.nextInt(partitions * MerkleTree.LEAVES);
            hashes[i] = EntryHash.of(random.nextLong(), random.nextLong());
        }
    }

    /** Runs five rounds, of which the first ones warm up. */
    public static void main(String[] arguments) {
        int partitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1024;
        MerkleBenchmark benchmark = new MerkleBenchmark(partitions, new Random(1));
        for (int round = 1; round <= 5; round++) {
            System.out.println("round " + round);
            benchmark.tree();
            benchmark.forest();
        }
    }

    private void tree() {
        MerkleTree tree = new MerkleTree();
        print("entry hash and update of one tree", UPDATES, i -> {
            long hash = hashes[i & 0xFFFF];
            tree.update(places[i & 0xFFFF] & 0xFF, EntryHash.of(hash, i), EntryHash.of(hash, i + 1));
            return hash;
        });
        print("root, nothing changed", UPDATES, i -> tree.root());
        print("root, one leaf changed", ROOTS, i -> {
            tree.update(i & 0xFF, 0, hashes[i & 0xFFFF]);
            return tree.root();
        });
        print("root, all leaves changed, with the updates", ROOTS / 10, i -> {
            for (int leaf = 0; leaf < MerkleTree.LEAVES; leaf++) {
                tree.update(leaf, 0, hashes[(i + leaf) & 0xFFFF]);
            }
            return tree.root();
        });
    }

    private void forest() {
        long before = allocated();
        Forest forest = new Forest();
        for (int partition = 0; partition < partitions; partition++) {
            forest.update(partition, N, 0, EntryHash.NONE, hashes[partition & 0xFFFF]);
        }
        System.out.printf("%10d bytes a tree in a forest of %d%n", (allocated() - before) / partitions, partitions);
        print("update of a forest, entry hashes given", UPDATES, i -> {
            int place = places[i & 0xFFFF];
            forest.update(place / MerkleTree.LEAVES, N, place % MerkleTree.LEAVES, hashes[i & 0xFFFF], i);
            return place;
        });
        System.out.printf("%10d bytes saved%n", forest.save().length);
    }

    private interface Step {
        long run(int i);
    }

    private static void print(String what, int times, Step step) {
        long outcome = 0;
        long allocatedBefore = allocated();
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            outcome ^= step.run(i);
        }
        double nanos = (double) (THREADS.getCurrentThreadCpuTime() - before) / times;
        double bytes = (double) (allocated() - allocatedBefore) / times;
        System.out.printf("%10.1f ns, %.1f bytes: %s (%x)%n", nanos, bytes, what, outcome);
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
