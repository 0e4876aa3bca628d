package io.quorate.node.storage.compaction;

import io.quorate.core.Bytes;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.segment.KeyEntry;
import io.quorate.node.storage.segment.KeyFileReader;
import io.quorate.node.storage.segment.Place;
import io.quorate.node.storage.segment.RecordFormat;
import io.quorate.node.storage.segment.ScannedRecord;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.SegmentScanner;
import io.quorate.node.storage.segment.Segments;
import io.quorate.node.storage.segment.StoredRecord;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The emptying of one segment: what is live in it is copied, what is damaged is written down as damaged.
 *
 * <p>When {@link #step} answers false, nothing points into the segment any more and all copies are on the disk.
 */
final class SegmentCompaction {
    private final Segments segments;
    private final Index index;
    private final Segment victim;
    private final CompactionOutput output;
    private final RetainedRemovals retained;
    private final LiveRecords live;
    private final Map<Integer, Segment> neededRemovals;
    private final SegmentScanner scanner;

    SegmentCompaction(
            Segments segments, Index index, Segment victim, CompactionOutput output, RetainedRemovals retained)
            throws IOException {
        this.segments = segments;
        this.index = index;
        this.victim = victim;
        this.output = output;
        this.retained = retained;
        live = LiveRecords.of(segments.disk(), victim, index);
        neededRemovals = new RemovalCheck(segments, output).needed(victim, live.removals());
        scanner = new SegmentScanner(victim);
    }

    /** Goes on until a good deal has been copied, and says whether there is more to do. */
    boolean step() throws IOException {
        if (live.allMet() && neededRemovals.isEmpty()) {
            output.flush();
            return false;
        }
        Optional<ScannedRecord> next = scanner.next();
        while (next.isPresent()) {
            take(next.get());
            if (output.isFull()) {
                output.flush();
                return true;
            }
            next = scanner.next();
        }
        if (!live.allMet() || !neededRemovals.isEmpty()) {
            rescueMissing();
        }
        output.flush();
        return false;
    }

    /** How much of the segment has been read. */
    int position() {
        return scanner.position();
    }

    private void take(ScannedRecord scanned) throws IOException {
        StoredRecord record = scanned.record();
        if (record.isRemoval()) {
            takeRemoval(record.alone(), scanned.offset());
        } else if (live.meet(scanned.offset())) {
            StoredRecord copy = scanned.intact() ? record.alone() : lost(record.key(), record.sequence(), record.tag());
            output.copy(copy, placeAt(scanned.offset(), scanned.valueLength()));
        }
    }

    private void takeRemoval(StoredRecord record, int offset) throws IOException {
        Segment reason = neededRemovals.remove(offset);
        if (reason != null) {
            retained.add(output.copyRemoval(record), reason, record.bytes());
        }
    }

    /**
     * Takes care of what was not to be found when reading the segment through, but is in its key file: writes live records down
     * as damaged, and removals as they were, for the key is all there is to them.
     */
    private void rescueMissing() throws IOException {
        try (KeyFileReader reader = KeyFileReader.open(segments.disk(), victim)) {
            Optional<KeyEntry> next = reader.next();
            while (next.isPresent()) {
                KeyEntry entry = next.get();
                if (entry.isRemoval()) {
                    takeRemoval(removal(entry), entry.offset());
                } else if (live.isMissing(entry.offset())) {
                    output.copy(
                            lost(entry.key(), entry.sequence(), entry.tag()), placeAt(entry.offset(), entry.length()));
                }
                next = reader.next();
            }
        }
    }

    private Place placeAt(int offset, int length) {
        return new Place(victim.number(), offset, length, 0, 0, false);
    }

    private static StoredRecord removal(KeyEntry entry) {
        int flags = RecordFormat.FIRST | RecordFormat.LAST | RecordFormat.REMOVAL;
        return new StoredRecord(flags, entry.sequence(), entry.tag(), entry.key(), Bytes.EMPTY);
    }

    private StoredRecord lost(Bytes key, long sequence, int tag) {
        long digest = index.get(key.array()).map(Place::digest).orElse(0L);
        return StoredRecord.lost(key, sequence, tag, digest);
    }
}
