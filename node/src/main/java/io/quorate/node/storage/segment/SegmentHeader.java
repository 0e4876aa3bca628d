package io.quorate.node.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The first bytes of a segment: the format, and whose it is. */
final class SegmentHeader {
    static final int BYTES = 32;

    private static final int MAGIC = 0x5153_4547;
    private static final int VERSION = 1;
    private static final int CHECKED_BYTES = BYTES - 4;

    private SegmentHeader() {}

    static ByteBuffer encode(SegmentId id) {
        ByteBuffer header = ByteBuffer.allocate(BYTES)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putInt(id.number())
                .putLong(id.storeId())
                .putLong(0);
        return header.putInt(Checksum.of(header, CHECKED_BYTES)).flip();
    }

    /**
     * Looks whether the file is this segment.
     *
     * @return false when the header is damaged, which hurts none of the records behind it
     * @throws IOException when it is somebody else's file or of a newer format
     */
    static boolean check(DiskFile file, SegmentId id, Path path) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        if (file.readFully(header, 0) < BYTES || header.getInt(CHECKED_BYTES) != Checksum.of(header, CHECKED_BYTES)) {
            return false;
        }
        if (header.getInt(0) != MAGIC || header.getInt(4) > VERSION) {
            throw new IOException(
                    path + " is of a newer format than this version reads: run the version that wrote it");
        }
        if (header.getInt(8) != id.number() || header.getLong(12) != id.storeId()) {
            throw new IOException(path + " belongs to another store: move it out of this folder");
        }
        return true;
    }
}
