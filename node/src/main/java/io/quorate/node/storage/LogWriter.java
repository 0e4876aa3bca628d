package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.node.storage.segment.GroupBuffer;
import io.quorate.node.storage.segment.Place;
import io.quorate.node.storage.segment.RecordFormat;
import io.quorate.node.storage.segment.RollSize;
import io.quorate.node.storage.segment.SegmentWriter;
import io.quorate.node.storage.segment.Segments;
import io.quorate.node.storage.segment.StoredRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The end of the log: appends groups of batches to the segment of the day, and begins the next when that is full. For one thread. */
final class LogWriter {
    private static final int GROUP_BYTES_MAX = 4 << 20;

    private final Segments segments;
    private final RollSize rollSize;
    private final Durability durability;
    private final Runnable onFinished;
    private final GroupBuffer buffer = new GroupBuffer();
    private final List<Place> places = new ArrayList<>();
    private long nextSequence;
    private Optional<SegmentWriter> writer = Optional.empty();
    private int rollBytes;
    private boolean marked = true;

    /**
     * Begins where the log ended.
     *
     * @param onFinished told whenever a segment has been finished
     */
    LogWriter(Segments segments, RollSize rollSize, Durability durability, long nextSequence, Runnable onFinished) {
        this.segments = segments;
        this.rollSize = rollSize;
        this.durability = durability;
        this.nextSequence = nextSequence;
        this.onFinished = onFinished;
    }

    /** How much a group should hold at most, so that it does not overfill a segment. */
    int groupBytesMax() {
        return Math.min(GROUP_BYTES_MAX, rollSize.bytesMax());
    }

    long nextSequence() {
        return nextSequence;
    }

    /** Whether the last group still lacks the mark that it was acknowledged. */
    boolean isUnmarked() {
        return !marked;
    }

    /**
     * Writes the group so that it may be acknowledged.
     *
     * @return where each change lies, in order; valid until the next call
     */
    List<Place> append(WriteGroup group) throws IOException {
        SegmentWriter target = target(group.bytes());
        target.begin();
        places.clear();
        for (WriteBatch batch : group.batches()) {
            append(target, batch);
        }
        finishGroup(target);
        return places;
    }

    /** Writes down that a record is lost, as a group of its own, and says where that is written. */
    Place writeLost(Bytes key, Place lost) throws IOException {
        StoredRecord record = StoredRecord.lost(key, nextSequence++, lost.tag(), lost.digest());
        SegmentWriter target = target(record.bytes());
        target.begin();
        int offset = target.append(record);
        finishGroup(target);
        return new Place(target.segment().number(), offset, record.value().length(), lost.digest(), lost.tag(), true);
    }

    /** Takes back a group that could not be written, also from the disk. */
    void abandon() throws IOException {
        if (writer.isPresent()) {
            writer.get().abandon();
        }
    }

    /** Notes on the disk that all so far was acknowledged. */
    void mark() throws IOException {
        if (writer.isPresent()) {
            writer.get().mark();
        }
        marked = true;
    }

    /** Ends the log for good. */
    void finish() throws IOException {
        if (writer.isPresent()) {
            try {
                mark();
            } catch (IOException e) {
                // The disk is full. The mark only matters if the segment is damaged later.
                marked = true;
            }
            writer.get().cutZeros();
            writer.get().segment().force();
            writer.get().segment().finish();
        }
        writer = Optional.empty();
    }

    private SegmentWriter target(long bytes) throws IOException {
        if (writer.isPresent() && writer.get().tail() + bytes > rollBytes) {
            finishFull(writer.get());
        }
        if (writer.isEmpty()) {
            rollBytes = rollSize.bytes(segments.liveBytes());
            int zerosEnd = durability == Durability.GROUP ? rollBytes : 0;
            writer = Optional.of(new SegmentWriter(segments.create(), buffer, zerosEnd));
        }
        return writer.get();
    }

    private void finishGroup(SegmentWriter target) throws IOException {
        target.write();
        if (durability == Durability.GROUP) {
            target.segment().force();
        }
        // From here on there is nothing to take back.
        target.begin();
        marked = false;
    }

    private void finishFull(SegmentWriter full) throws IOException {
        full.mark();
        full.cutZeros();
        if (durability != Durability.NONE) {
            full.segment().force();
        }
        full.segment().finish();
        writer = Optional.empty();
        onFinished.run();
    }

    private void append(SegmentWriter target, WriteBatch batch) {
        int last = batch.changes().size() - 1;
        for (int i = 0; i <= last; i++) {
            PendingChange change = batch.changes().get(i);
            int flags = (i == 0 ? RecordFormat.FIRST : 0)
                    | (i == last ? RecordFormat.LAST : 0)
                    | (change.isRemoval() ? RecordFormat.REMOVAL : 0);
            Bytes value = change.value().orElse(Bytes.EMPTY);
            int offset = target.append(new StoredRecord(flags, nextSequence++, change.tag(), change.key(), value));
            places.add(
                    new Place(target.segment().number(), offset, value.length(), change.digest(), change.tag(), false));
        }
    }
}
