package io.quorate.node.storage.segment;

import java.util.Arrays;

/** The offsets at which a segment's records lie that the index no longer points to, four bytes each. From any thread. */
final class DeadRecords {
    private int[] offsets = new int[64];
    private int count;

    synchronized void add(int offset) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        offsets[count++] = offset;
    }

    /** All so far, ascending. */
    synchronized int[] sorted() {
        int[] sorted = Arrays.copyOf(offsets, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
