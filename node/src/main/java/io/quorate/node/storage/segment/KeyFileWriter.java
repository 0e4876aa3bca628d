package io.quorate.node.storage.segment;

import io.quorate.core.Hash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes the key file of one segment. A file that was not finished has no valid header, so nobody believes it. */
final class KeyFileWriter implements Closeable {
    private final SegmentId id;
    private final DiskFile file;
    private final KeyFilter filter;
    private ByteBuffer block = ByteBuffer.allocate(KeyFileFormat.BLOCK_BYTES);
    private long position = KeyFileFormat.HEADER_BYTES;

    private KeyFileWriter(SegmentId id, DiskFile file, int keys) {
        this.id = id;
        this.file = file;
        this.filter = KeyFilter.forKeys(keys);
    }

    /** Writes a sorted table and says how long the file became. */
    static int write(Disk disk, Segment segment, KeyTable table, KeyFileSummary summary) throws IOException {
        disk.delete(segment.keyPath());
        try (KeyFileWriter writer = new KeyFileWriter(segment.id(), disk.create(segment.keyPath()), table.size())) {
            for (int i = 0; i < table.size(); i++) {
                writer.add(table.get(i));
            }
            return writer.finish(summary);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void add(KeyEntry entry) throws IOException {
        // A removal brings nothing back, so no other removal has to outlive it.
        if (!entry.isRemoval()) {
            filter.add(Hash.of(entry.key()));
        }
        if (block.remaining() < entry.bytes()) {
            flush();
            block = entry.bytes() > block.capacity() ? ByteBuffer.allocate(entry.bytes()) : block;
        }
        entry.encode(block);
    }

    private int finish(KeyFileSummary summary) throws IOException {
        flush();
        long filterStart = position;
        writeBlock(ByteBuffer.wrap(filter.bits()));
        file.writeFully(KeyFileFormat.encodeHeader(id, summary, filterStart), 0);
        file.force();
        return Math.toIntExact(position);
    }

    private void flush() throws IOException {
        if (block.position() > 0) {
            writeBlock(block.flip());
            block.clear();
        }
    }

    private void writeBlock(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        int checksum = Checksum.of(bytes, length) ^ id.salt((int) position);
        ByteBuffer header = ByteBuffer.allocate(KeyFileFormat.BLOCK_HEADER_BYTES)
                .putInt(length)
                .putInt(checksum)
                .flip();
        file.writeFully(header, position);
        file.writeFully(bytes, position + KeyFileFormat.BLOCK_HEADER_BYTES);
        position += KeyFileFormat.BLOCK_HEADER_BYTES + length;
    }
}
