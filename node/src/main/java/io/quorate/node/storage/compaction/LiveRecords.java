package io.quorate.node.storage.compaction;

import io.quorate.core.Hash;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.segment.Disk;
import io.quorate.node.storage.segment.KeyEntry;
import io.quorate.node.storage.segment.KeyFileReader;
import io.quorate.node.storage.segment.Place;
import io.quorate.node.storage.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Which records of a segment the index points to, and which removals in it may still matter. For one thread. */
final class LiveRecords {
    private final List<Removal> removals = new ArrayList<>();
    private int[] offsets = new int[1024];
    private int count;
    private BitSet met = new BitSet();

    private LiveRecords() {}

    static LiveRecords of(Disk disk, Segment segment, Index index) throws IOException {
        LiveRecords live = new LiveRecords();
        try (KeyFileReader reader = KeyFileReader.open(disk, segment)) {
            IndexCursor cursor = new IndexCursor(index, reader.summary().entries());
            Optional<KeyEntry> next = reader.next();
            while (next.isPresent()) {
                live.take(segment, next.get(), cursor);
                next = reader.next();
            }
        }
        Arrays.sort(live.offsets, 0, live.count);
        return live;
    }

    /** Removals of keys that the index does not know. */
    List<Removal> removals() {
        return removals;
    }

    /** Whether the record at this offset is live; remembers that it was met. */
    boolean meet(int offset) {
        int found = Arrays.binarySearch(offsets, 0, count, offset);
        if (found >= 0) {
            met.set(found);
        }
        return found >= 0;
    }

    /** Whether reading through the segment has met all that is live. */
    boolean allMet() {
        return met.cardinality() == count;
    }

    /** Whether the record at this offset is live and was not met. */
    boolean isMissing(int offset) {
        int found = Arrays.binarySearch(offsets, 0, count, offset);
        return found >= 0 && !met.get(found);
    }

    private void take(Segment segment, KeyEntry entry, IndexCursor cursor) {
        Optional<Place> place = cursor.find(entry.key());
        if (entry.isRemoval()) {
            if (place.isEmpty()) {
                removals.add(new Removal(entry.offset(), Hash.of(entry.key()), entry.sequence()));
            }
        } else if (place.isPresent() && place.get().isSameRecord(entry.place(segment.number()))) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, count * 2);
            }
            offsets[count++] = entry.offset();
        }
    }
}
