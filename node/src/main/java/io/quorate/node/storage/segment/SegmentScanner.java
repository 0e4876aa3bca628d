package io.quorate.node.storage.segment;

import io.quorate.core.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads a segment from its first record to its last, and past damage to the next record that is whole. For one thread.
 *
 * <p>Between two records, and before the end, {@link #gapFrom} tells whether bytes had to be skipped.
 */
public final class SegmentScanner {
    private static final int WINDOW_BYTES = 1 << 20;

    private final RecordCodec codec = new RecordCodec();
    private final HeaderRepair repair = new HeaderRepair(codec);
    private final DiskFile file;
    private final SegmentId id;
    private final int end;
    private ByteBuffer window = ByteBuffer.allocateDirect(WINDOW_BYTES).limit(0);
    private int windowStart;
    private int position = SegmentHeader.BYTES;
    private int gapFrom;
    /** Where values are copied to: most of them nobody keeps. */
    private byte[] room = {};

    /** Reads what the segment holds now. */
    public SegmentScanner(Segment segment) {
        this.file = segment.file();
        this.id = segment.id();
        this.end = segment.bytes();
    }

    /** The next record, or empty at the end. Its value is there until the next call. */
    public Optional<ScannedRecord> next() throws IOException {
        gapFrom = position;
        while (position + RecordFormat.HEADER_BYTES <= end) {
            int at = load(RecordFormat.HEADER_BYTES);
            if (window.getInt(at) == RecordFormat.MAGIC) {
                Optional<ScannedRecord> found = recordHere();
                if (found.isPresent()) {
                    return found;
                }
            }
            if (position == gapFrom) {
                Optional<ScannedRecord> repaired = repairedHere();
                if (repaired.isPresent()) {
                    return repaired;
                }
            }
            position++;
        }
        position = end;
        return Optional.empty();
    }

    /** Where the unreadable bytes before the last answer began; equal to where that record, or the end, is when there were none. */
    public int gapFrom() {
        return gapFrom;
    }

    /** How far the segment has been read. */
    public int position() {
        return position;
    }

    private Optional<ScannedRecord> recordHere() throws IOException {
        int keyLength = window.getShort(position - windowStart + RecordFormat.AT_KEY_LENGTH);
        if (keyLength < 0 || position + RecordFormat.HEADER_BYTES + keyLength > end) {
            return Optional.empty();
        }
        int at = load(RecordFormat.HEADER_BYTES + keyLength);
        if (!codec.isHeader(window, at, id.salt(position))) {
            return Optional.empty();
        }
        int valueLength = window.getInt(at + RecordFormat.AT_VALUE_LENGTH);
        int total = StoredRecord.bytes(keyLength, valueLength);
        if (total < 0 || total > end - position) {
            return Optional.empty();
        }
        at = load(total);
        boolean intact = codec.isValueIntact(window, at);
        Bytes value = intact ? valueAt(at + RecordFormat.HEADER_BYTES + keyLength, valueLength) : Bytes.EMPTY;
        ScannedRecord scanned = decode(window, at, value, intact);
        position += total;
        return Optional.of(scanned);
    }

    /** Where a record should begin and its header is damaged: the record without its value, if the damage can be undone. */
    private Optional<ScannedRecord> repairedHere() throws IOException {
        int length = Math.min(end - position, HeaderRepair.BYTES_MAX);
        byte[] bytes = new byte[length];
        window.get(load(length), bytes);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (!repair.repair(header, id.salt(position))) {
            return Optional.empty();
        }
        int total = StoredRecord.bytes(
                header.getShort(RecordFormat.AT_KEY_LENGTH), header.getInt(RecordFormat.AT_VALUE_LENGTH));
        if (total < 0 || total > end - position) {
            return Optional.empty();
        }
        ScannedRecord scanned = decode(header, 0, Bytes.EMPTY, false);
        position += total;
        return Optional.of(scanned);
    }

    private Bytes valueAt(int index, int length) {
        if (room.length < length) {
            room = new byte[length];
        }
        window.get(index, room, 0, length);
        return Bytes.view(room, 0, length);
    }

    private ScannedRecord decode(ByteBuffer in, int at, Bytes value, boolean intact) {
        byte[] key = new byte[in.getShort(at + RecordFormat.AT_KEY_LENGTH)];
        in.get(at + RecordFormat.HEADER_BYTES, key);
        StoredRecord record = new StoredRecord(
                in.get(at + RecordFormat.AT_FLAGS),
                in.getLong(at + RecordFormat.AT_SEQUENCE),
                in.getInt(at + RecordFormat.AT_TAG),
                Bytes.wrap(key),
                value);
        int acknowledged = in.getInt(at + RecordFormat.AT_ACKNOWLEDGED);
        return new ScannedRecord(position, acknowledged, record, intact, in.getInt(at + RecordFormat.AT_VALUE_LENGTH));
    }

    /** Sees to it that so many bytes from the position on are in the window, and says at which index they begin. */
    private int load(int count) throws IOException {
        int at = position - windowStart;
        if (at >= 0 && at + count <= window.limit()) {
            return at;
        }
        if (count > window.capacity()) {
            window = ByteBuffer.allocateDirect(count);
        }
        windowStart = position;
        window.clear().limit(Math.min(window.capacity(), end - position));
        int read = file.readFully(window, position);
        window.flip();
        if (read < count) {
            throw new IOException(
                    "segment " + id.number() + " ends early: " + (position + read) + " of " + end + " bytes");
        }
        return 0;
    }
}
