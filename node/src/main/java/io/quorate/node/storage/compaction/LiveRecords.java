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
            Liveness liveness = liveness(segment, reader.summary().entries(), index);
            Optional<KeyEntry> next = reader.next();
            while (next.isPresent()) {
                live.take(next.get(), liveness);
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

    /** What is asked of each entry, in rising order of their keys. */
    private interface Liveness {
        /** Whether the index points at this record. */
        boolean isLive(KeyEntry record);

        /** Whether the index has the key that was removed here. */
        boolean isKnown(KeyEntry removal);
    }

    private static Liveness liveness(Segment segment, int entries, Index index) {
        return segment.deadOffsets().map(dead -> byDeaths(dead, index)).orElseGet(() -> {
            IndexCursor cursor = new IndexCursor(index, entries);
            return byIndex(cursor, segment.number());
        });
    }

    /** By the records that are known to be dead, which does not cost more in a larger store. */
    private static Liveness byDeaths(int[] dead, Index index) {
        return new Liveness() {
            @Override
            public boolean isLive(KeyEntry record) {
                return Arrays.binarySearch(dead, record.offset()) < 0;
            }

            @Override
            public boolean isKnown(KeyEntry removal) {
                return index.get(removal.key().array()).isPresent();
            }
        };
    }

    private static Liveness byIndex(IndexCursor cursor, int segment) {
        return new Liveness() {
            @Override
            public boolean isLive(KeyEntry record) {
                Optional<Place> place = cursor.find(record.key());
                return place.isPresent() && place.get().isSameRecord(record.place(segment));
            }

            @Override
            public boolean isKnown(KeyEntry removal) {
                return cursor.find(removal.key()).isPresent();
            }
        };
    }

    private void take(KeyEntry entry, Liveness liveness) {
        if (entry.isRemoval()) {
            if (!liveness.isKnown(entry)) {
                removals.add(new Removal(entry.offset(), Hash.of(entry.key()), entry.sequence()));
            }
        } else if (liveness.isLive(entry)) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, count * 2);
            }
            offsets[count++] = entry.offset();
        }
    }
}
