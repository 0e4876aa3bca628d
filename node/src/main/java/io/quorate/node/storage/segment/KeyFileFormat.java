package io.quorate.node.storage.segment;

import java.nio.ByteBuffer;

/**
 * The layout of a key file: a header, then blocks of entries in order of key, then a filter over all keys.
 *
 * <pre>
 * header: magic 4, version 4, summary 32, start of the filter 8, checksum 4
 * block:  length 4, checksum 4, entries
 * filter: length 4, checksum 4, bits
 * </pre>
 *
 * <p>Checksums are CRC32C mixed with the segment's id and the offset, as in the segment itself.
 */
final class KeyFileFormat {
    static final int MAGIC = 0x514B_4559;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 52;
    static final int BLOCK_HEADER_BYTES = 8;
    static final int BLOCK_BYTES = 32 << 10;

    private KeyFileFormat() {}

    static ByteBuffer encodeHeader(SegmentId id, KeyFileSummary summary, long filterStart) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putInt(summary.segmentBytes())
                .putInt(summary.entries())
                .putLong(summary.sequenceMin())
                .putLong(summary.sequenceMax())
                .putLong(summary.unreadable())
                .putLong(filterStart);
        return header.putInt(headerChecksum(header, id)).flip();
    }

    static boolean isHeader(ByteBuffer header, SegmentId id) {
        return header.getInt(0) == MAGIC
                && header.getInt(4) == VERSION
                && header.getInt(HEADER_BYTES - 4) == headerChecksum(header, id);
    }

    static KeyFileSummary summary(ByteBuffer header) {
        return new KeyFileSummary(
                header.getInt(8), header.getInt(12), header.getLong(16), header.getLong(24), (int) header.getLong(32));
    }

    static long filterStart(ByteBuffer header) {
        return header.getLong(40);
    }

    private static int headerChecksum(ByteBuffer header, SegmentId id) {
        return Checksum.of(header, HEADER_BYTES - Integer.BYTES) ^ id.salt(0);
    }
}
