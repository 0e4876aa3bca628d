package io.quorate.merkle;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The saved form of a forest; all numbers are big-endian.
 *
 * <pre>
 * version   1
 * trees     4
 * each tree, by partition and then n:
 *   partition 4, n 4
 *   in use    32   a bit for each leaf, the lowest of the first 8 bytes for the first
 *   leaves    8    each that is in use, that is, not 0
 * checksum  4      CRC32C of all before it
 * </pre>
 *
 * <p>Inner nodes follow from the leaves. A forest has exactly one saved form, and bytes that are not one are refused.
 */
final class ForestFormat {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + 4;
    private static final int TREE_HEADER_BYTES = 4 + 4 + MerkleTree.LEAVES / Byte.SIZE;
    private static final int CHECKSUM_BYTES = 4;

    private ForestFormat() {}

    static byte[] encode(Map<TreeId, MerkleTree> trees) {
        int length = HEADER_BYTES + CHECKSUM_BYTES;
        for (MerkleTree tree : trees.values()) {
            length = Math.addExact(length, TREE_HEADER_BYTES + leavesInUse(tree) * Long.BYTES);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        buffer.put(VERSION).putInt(trees.size());
        trees.forEach((id, tree) -> {
            buffer.putInt(id.partition()).putInt(id.n());
            putLeaves(tree, buffer);
        });
        return buffer.putInt(checksum(buffer.array())).array();
    }

    static NavigableMap<TreeId, MerkleTree> decode(byte[] saved) throws DamagedForestException {
        require(saved.length >= HEADER_BYTES + CHECKSUM_BYTES, "is cut short");
        require(saved[0] == VERSION, "is of another version");
        ByteBuffer buffer = ByteBuffer.wrap(saved);
        int end = saved.length - CHECKSUM_BYTES;
        require(buffer.getInt(end) == checksum(saved), "is damaged");
        buffer.limit(end).position(1);
        NavigableMap<TreeId, MerkleTree> trees = new TreeMap<>();
        int count = buffer.getInt();
        require(count >= 0, "has fewer trees than none");
        while (trees.size() < count) {
            require(buffer.remaining() >= TREE_HEADER_BYTES, "has fewer trees than it says");
            TreeId id = takeId(buffer);
            require(trees.isEmpty() || trees.lastKey().compareTo(id) < 0, "has trees out of order");
            trees.put(id, takeLeaves(buffer));
        }
        require(!buffer.hasRemaining(), "goes on after its trees");
        return trees;
    }

    private static void putLeaves(MerkleTree tree, ByteBuffer buffer) {
        for (int first = 0; first < MerkleTree.LEAVES; first += Long.SIZE) {
            long inUse = 0;
            for (int i = 0; i < Long.SIZE; i++) {
                inUse |= tree.leaf(first + i) == 0 ? 0 : 1L << i;
            }
            buffer.putLong(inUse);
        }
        for (int leaf = 0; leaf < MerkleTree.LEAVES; leaf++) {
            if (tree.leaf(leaf) != 0) {
                buffer.putLong(tree.leaf(leaf));
            }
        }
    }

    private static TreeId takeId(ByteBuffer buffer) throws DamagedForestException {
        int partition = buffer.getInt();
        int n = buffer.getInt();
        require(TreeId.exists(partition, n), "has a tree that cannot be");
        return new TreeId(partition, n);
    }

    private static MerkleTree takeLeaves(ByteBuffer buffer) throws DamagedForestException {
        long[] inUse = new long[MerkleTree.LEAVES / Long.SIZE];
        buffer.asLongBuffer().get(inUse);
        buffer.position(buffer.position() + MerkleTree.LEAVES / Byte.SIZE);
        MerkleTree tree = new MerkleTree();
        for (int leaf = 0; leaf < MerkleTree.LEAVES; leaf++) {
            if ((inUse[leaf / Long.SIZE] & 1L << leaf) != 0) {
                require(buffer.remaining() >= Long.BYTES, "has fewer leaves than it says");
                long entries = buffer.getLong();
                require(entries != 0, "has a leaf without entries");
                tree.update(leaf, 0, entries);
            }
        }
        require(!tree.isEmpty(), "has a tree without entries");
        return tree;
    }

    private static int leavesInUse(MerkleTree tree) {
        int inUse = 0;
        for (int leaf = 0; leaf < MerkleTree.LEAVES; leaf++) {
            inUse += tree.leaf(leaf) == 0 ? 0 : 1;
        }
        return inUse;
    }

    private static int checksum(byte[] saved) {
        CRC32C crc = new CRC32C();
        crc.update(saved, 0, saved.length - CHECKSUM_BYTES);
        return (int) crc.getValue();
    }

    private static void require(boolean holds, String otherwise) throws DamagedForestException {
        if (!holds) {
            throw new DamagedForestException("the saved forest " + otherwise);
        }
    }
}
