package io.quorate.node.storage.segment;

import io.quorate.core.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Appends groups of records to one segment. For one thread.
 *
 * <p>A group is begun, filled, written with one call, and then either forced or, when that failed, abandoned: cut off again
 * as if it had never been. Beginning a group declares all before it acknowledged.
 *
 * <p>It may write zeros ahead of the records, because to force records that make the file longer costs twice as much: the file
 * system then has to write its journal, too. What a crash leaves of the zeros is cut off like any torn tail.
 */
public final class SegmentWriter {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(256 << 10).asReadOnlyBuffer();

    private final Segment segment;
    private final GroupBuffer buffer;
    private final int zerosEnd;
    private int fileEnd;
    private int start;
    private long sequenceMin;
    private long sequenceMax;

    /**
     * Begins behind what the segment holds.
     *
     * @param zerosEnd up to where zeros may be written ahead; 0 for none
     */
    public SegmentWriter(Segment segment, GroupBuffer buffer, int zerosEnd) {
        this.segment = segment;
        this.buffer = buffer;
        this.zerosEnd = zerosEnd;
        fileEnd = segment.bytes();
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
        if (end > fileEnd) {
            fileEnd = end;
            writeZeros();
        }
        segment.wrote(end, sequenceMin, sequenceMax);
    }

    private void writeZeros() throws IOException {
        int count = Math.min(ZEROS.capacity(), zerosEnd - fileEnd);
        if (count > 0) {
            segment.file().writeFully(ZEROS.duplicate().limit(count), fileEnd);
            fileEnd += count;
        }
    }

    /** Cuts the zeros off, so that the file ends with the last record; to be forced. */
    public void cutZeros() throws IOException {
        if (fileEnd > segment.bytes()) {
            segment.file().truncate(segment.bytes());
            fileEnd = segment.bytes();
        }
    }

    /** Takes the group back, also from the disk. */
    public void abandon() throws IOException {
        segment.truncate(start);
        fileEnd = start;
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
