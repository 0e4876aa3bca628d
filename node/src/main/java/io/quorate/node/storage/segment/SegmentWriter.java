package io.quorate.node.storage.segment;

import io.quorate.core.Bytes;
import java.io.IOException;

/**
 * Appends groups of records to one segment. For one thread.
 *
 * <p>A group is begun, filled, written with one call, and then either forced or, when that failed, abandoned: cut off again
 * as if it had never been. Beginning a group declares all before it acknowledged.
 */
public final class SegmentWriter {
    private final Segment segment;
    private final GroupBuffer buffer;
    private int start;
    private long sequenceMin;
    private long sequenceMax;

    public SegmentWriter(Segment segment, GroupBuffer buffer) {
        this.segment = segment;
        this.buffer = buffer;
        begin();
    }

    public Segment segment() {
        return segment;
    }

    /** Where the next record goes. */
    public int tail() {
        return start + buffer.length();
    }

    public void begin() {
        buffer.clear();
        start = segment.bytes();
        sequenceMin = Long.MAX_VALUE;
        sequenceMax = 0;
    }

    /** Adds a record to the group and says at which offset it will lie. */
    public int append(StoredRecord record) {
        int offset = tail();
        buffer.add(segment.id().salt(offset), start, record);
        if (!record.isMark()) {
            sequenceMin = Math.min(sequenceMin, record.sequence());
            sequenceMax = Math.max(sequenceMax, record.sequence());
        }
        return offset;
    }

    public void write() throws IOException {
        int end = tail();
        buffer.writeTo(segment.file(), start);
        segment.wrote(end, sequenceMin, sequenceMax);
    }

    /** Takes the group back, also from the disk. */
    public void abandon() throws IOException {
        segment.truncate(start);
        begin();
    }

    /** Writes that all so far is acknowledged, so that after a crash damage to it is not taken for a torn tail. */
    public void mark() throws IOException {
        begin();
        append(new StoredRecord(RecordFormat.MARK, 0, 0, Bytes.EMPTY, Bytes.EMPTY));
        try {
            write();
        } catch (IOException e) {
            abandon();
            throw e;
        }
        begin();
    }
}
