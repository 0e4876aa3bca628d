package io.quorate.node.storage.segment;

import java.nio.ByteBuffer;

/** The memory in which one thread gathers the records of a group, to write them with one call; reused from group to group. */
public final class GroupBuffer {
    private static final int START_BYTES = 64 << 10;
    private static final int KEPT_BYTES = 8 << 20;

    private final RecordCodec codec = new RecordCodec();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(START_BYTES);

    /** Bytes gathered so far. */
    int length() {
        return buffer.position();
    }

    void add(int salt, int acknowledged, StoredRecord record) {
        if (buffer.remaining() < record.bytes()) {
            grow(record.bytes());
        }
        codec.encode(buffer, salt, acknowledged, record);
    }

    /** Writes all that was gathered, at this position of the file. */
    void writeTo(DiskFile file, long position) throws java.io.IOException {
        file.writeFully(buffer.flip(), position);
    }

    void clear() {
        // A huge group must not keep its memory for ever.
        if (buffer.capacity() > KEPT_BYTES) {
            buffer = ByteBuffer.allocateDirect(START_BYTES);
        }
        buffer.clear();
    }

    private void grow(int more) {
        long wanted = Math.max((long) buffer.position() + more, 2L * buffer.capacity());
        ByteBuffer larger = ByteBuffer.allocateDirect(Math.toIntExact(wanted));
        buffer = larger.put(buffer.flip());
    }
}
