package io.quorate.node.storage.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The entries of one segment while its key file is made, packed into one array: a segment of small records holds a million
 * of them, which as objects would be a burden on the heap.
 *
 * <p>Filled in order of offset, then sorted, then read in order of key, only the newest entry of each key.
 */
final class KeyTable {
    private static final int AT_SEQUENCE = 2;
    private static final int AT_OFFSET = 10;
    private static final int AT_FLAGS = 30;

    private ByteBuffer arena = ByteBuffer.allocate(64 << 10);
    private int[] starts = new int[1024];
    private int count;

    void add(KeyEntry entry) {
        if (arena.remaining() < entry.bytes()) {
            long wanted = Math.max(2L * arena.capacity(), (long) arena.capacity() + entry.bytes());
            arena = ByteBuffer.allocate(Math.toIntExact(wanted)).put(arena.flip());
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = arena.position();
        entry.encode(arena);
    }

    int size() {
        return count;
    }

    /** Forgets the entries of records at this offset and behind; only before sorting. */
    void dropFrom(int offset) {
        while (count > 0 && arena.getInt(starts[count - 1] + AT_OFFSET) >= offset) {
            arena.position(starts[--count]);
        }
    }

    /** Orders the entries by key and keeps the newest of each. */
    void sort() {
        int[] sorted = Arrays.copyOf(starts, count);
        mergeSort(starts, sorted, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || compareKeys(sorted[kept - 1], sorted[i]) != 0) {
                sorted[kept++] = sorted[i];
            }
        }
        starts = sorted;
        count = kept;
    }

    KeyEntry get(int index) {
        return KeyEntry.decode(arena.duplicate().position(starts[index]));
    }

    /** Sorts {@code target}, which begins as a copy of {@code source}; both are changed. */
    private void mergeSort(int[] source, int[] target, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(target, source, from, middle);
        mergeSort(target, source, middle, to);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft = right == to || (left < middle && compare(source[left], source[right]) <= 0);
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }

    /** By key; of one key the newest first, and of two copies of one record the readable one first. */
    private int compare(int a, int b) {
        int byKey = compareKeys(a, b);
        if (byKey != 0) {
            return byKey;
        }
        int bySequence = Long.compare(arena.getLong(b + AT_SEQUENCE), arena.getLong(a + AT_SEQUENCE));
        return bySequence != 0 ? bySequence : Integer.compare(damage(a), damage(b));
    }

    private int damage(int start) {
        return arena.get(start + AT_FLAGS) & RecordFormat.DAMAGED;
    }

    private int compareKeys(int a, int b) {
        int keyA = a + KeyEntry.FIXED_BYTES;
        int keyB = b + KeyEntry.FIXED_BYTES;
        byte[] bytes = arena.array();
        return Arrays.compareUnsigned(bytes, keyA, keyA + arena.getShort(a), bytes, keyB, keyB + arena.getShort(b));
    }
}
