package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.Segments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The note that a store leaves when it is closed cleanly: all that is needed to go on without reading the segments.
 *
 * @param fingerprint of the folder's identity file, which a copy of the folder has not
 * @param damaged keys of the index marked as damaged
 * @param segments every segment, by number
 */
record StopRecord(
        long storeId,
        Fingerprint fingerprint,
        CleanStop cleanStop,
        long nextSequence,
        long keys,
        long damaged,
        List<SegmentState> segments) {
    private static final int VERSION = 1;
    private static final int CHECKSUM_BYTES = 4;
    private static final int SEGMENT_BYTES = 16;

    /** A segment as it was left. */
    record SegmentState(int number, int bytes, long liveBytes) {}

    static List<SegmentState> statesOf(Segments segments) {
        List<SegmentState> states = new ArrayList<>();
        for (Segment segment : segments.all()) {
            states.add(new SegmentState(segment.number(), segment.bytes(), segment.liveBytes()));
        }
        return states;
    }

    /** Whether the segments are, by number and size, the ones that were left. */
    boolean describes(Segments present) {
        List<SegmentState> states = statesOf(present);
        boolean same = states.size() == segments.size();
        for (int i = 0; same && i < states.size(); i++) {
            SegmentState left = segments.get(i);
            same = states.get(i).number() == left.number() && states.get(i).bytes() == left.bytes();
        }
        return same;
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(128)
                .int32(VERSION)
                .int64(storeId)
                .int64(fingerprint.inode())
                .int64(fingerprint.changedNanos())
                .int64(cleanStop.incarnation())
                .int64(cleanStop.lastTime())
                .int64(nextSequence)
                .int64(keys)
                .int64(damaged)
                .varint(segments.size());
        for (SegmentState state : segments) {
            out.int32(state.number()).int32(state.bytes()).int64(state.liveBytes());
        }
        byte[] body = out.toBytes().array();
        return out.int32(checksum(body, body.length)).toBytes().array();
    }

    /** Empty when the bytes are not a whole note that this version can read. */
    static Optional<StopRecord> decode(byte[] bytes) {
        try {
            int length = bytes.length - CHECKSUM_BYTES;
            ByteReader in = new ByteReader(Bytes.wrap(bytes));
            if (length < 0 || in.int32() != VERSION) {
                return Optional.empty();
            }
            StopRecord decoded = new StopRecord(
                    in.int64(),
                    new Fingerprint(in.int64(), in.int64()),
                    new CleanStop(in.int64(), in.int64()),
                    in.int64(),
                    in.int64(),
                    in.int64(),
                    decodeSegments(in));
            boolean whole = in.int32() == checksum(bytes, length);
            in.expectEnd();
            return whole ? Optional.of(decoded) : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static List<SegmentState> decodeSegments(ByteReader in) {
        int count = in.count(SEGMENT_BYTES);
        List<SegmentState> states = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            states.add(new SegmentState(in.int32(), in.int32(), in.int64()));
        }
        return states;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
