package io.quorate.node.storage.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Reads the key file of one segment, in order of key. For one thread. */
public final class KeyFileReader implements Closeable {
    private final Segment segment;
    private final DiskFile file;
    private final KeyFileSummary summary;
    private final long filterStart;
    private final int length;
    private long position = KeyFileFormat.HEADER_BYTES;
    private ByteBuffer block = ByteBuffer.allocate(0);

    private KeyFileReader(Segment segment, DiskFile file) throws IOException {
        this.segment = segment;
        this.file = file;
        ByteBuffer header = ByteBuffer.allocate(KeyFileFormat.HEADER_BYTES);
        if (file.readFully(header, 0) < header.capacity() || !KeyFileFormat.isHeader(header, segment.id())) {
            throw new DamagedKeyFileException("the header of " + segment.keyPath() + " is damaged");
        }
        summary = KeyFileFormat.summary(header);
        filterStart = KeyFileFormat.filterStart(header);
        length = Math.toIntExact(file.size());
    }

    /** Opens the key file of a segment. */
    public static KeyFileReader open(Disk disk, Segment segment) throws IOException {
        DiskFile file;
        try {
            file = disk.open(segment.keyPath());
        } catch (NoSuchFileException e) {
            throw new DamagedKeyFileException("there is no " + e.getFile());
        }
        try {
            return new KeyFileReader(segment, file);
        } catch (IOException | ArithmeticException e) {
            file.close();
            throw e;
        }
    }

    public Segment segment() {
        return segment;
    }

    public KeyFileSummary summary() {
        return summary;
    }

    /** Bytes of the whole file. */
    int length() {
        return length;
    }

    /** The next entry, or empty behind the last. */
    public Optional<KeyEntry> next() throws IOException {
        if (!block.hasRemaining()) {
            if (position >= filterStart) {
                return Optional.empty();
            }
            block = readBlock(filterStart);
        }
        return Optional.of(KeyEntry.decode(block));
    }

    /** The filter over all keys. */
    public KeyFilter filter() throws IOException {
        position = filterStart;
        ByteBuffer filter = readBlock(length);
        byte[] bits = new byte[filter.remaining()];
        filter.get(bits);
        return new KeyFilter(bits);
    }

    /** Reads all of it to see whether it is whole and belongs to the segment as it is. */
    void verify() throws IOException {
        if (summary.segmentBytes() != segment.bytes()) {
            throw new DamagedKeyFileException(segment.keyPath() + " is out of date");
        }
        while (position < length) {
            readBlock(length);
        }
        position = KeyFileFormat.HEADER_BYTES;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private ByteBuffer readBlock(long limit) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(KeyFileFormat.BLOCK_HEADER_BYTES);
        file.readFully(header, position);
        int count = header.getInt(0);
        if (header.hasRemaining() || count <= 0 || count > limit - position - KeyFileFormat.BLOCK_HEADER_BYTES) {
            position = length;
            throw new DamagedKeyFileException(segment.keyPath() + " is cut short");
        }
        ByteBuffer bytes = ByteBuffer.allocate(count);
        int read = file.readFully(bytes, position + KeyFileFormat.BLOCK_HEADER_BYTES);
        int salt = segment.id().salt((int) position);
        position += KeyFileFormat.BLOCK_HEADER_BYTES + count;
        if (read < count || header.getInt(4) != (Checksum.of(bytes, count) ^ salt)) {
            throw new DamagedKeyFileException("a block of " + segment.keyPath() + " is damaged");
        }
        return bytes.flip();
    }
}
