package io.quorate.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Entries in a plain map, which are the truth, and the tree that was told of each change to them. */
final class Replica {
    final Map<Integer, String> entries = new TreeMap<>();
    final MerkleTree tree = new MerkleTree();

    static Replica random(Random random, int keys, int values) {
        Replica replica = new Replica();
        for (int i = random.nextInt(2 * keys); i > 0; i--) {
            replica.change(random, keys, values);
        }
        return replica;
    }

    void change(Random random, int keys, int values) {
        int key = random.nextInt(keys);
        if (random.nextInt(4) == 0) {
            put(key, null);
        } else {
            put(key, "value " + random.nextInt(values));
        }
        if (random.nextBoolean()) {
            // Hashes that are asked for in between must not be kept for longer than they hold.
            tree.root();
        }
    }

    /** Null takes the entry out. */
    void put(int key, String value) {
        String before = value == null ? entries.remove(key) : entries.put(key, value);
        tree.update(leafOf(key), hashOf(key, before), hashOf(key, value));
    }

    void become(Replica other) {
        for (int key : List.copyOf(entries.keySet())) {
            put(key, other.entries.get(key));
        }
        other.entries.forEach(this::put);
    }

    /** What a comparison should find, by looking at the entries only. */
    List<Integer> differingLeaves(Replica other) {
        TreeSet<Integer> keys = new TreeSet<>(entries.keySet());
        keys.addAll(other.entries.keySet());
        TreeSet<Integer> leaves = new TreeSet<>();
        for (int key : keys) {
            if (!Objects.equals(entries.get(key), other.entries.get(key))) {
                leaves.add(leafOf(key));
            }
        }
        return new ArrayList<>(leaves);
    }

    static int leafOf(int key) {
        return digest(ByteBuffer.allocate(4).putInt(key).array()).get(8) & 0xFF;
    }

    static long hashOf(int key, String value) {
        return value == null ? EntryHash.NONE : hashOf(key, value.getBytes(StandardCharsets.UTF_8));
    }

    static long hashOf(int key, byte[] value) {
        return EntryHash.of(
                digest(ByteBuffer.allocate(4).putInt(key).array()).getLong(0),
                digest(value).getLong(0));
    }

    private static ByteBuffer digest(byte[] bytes) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
