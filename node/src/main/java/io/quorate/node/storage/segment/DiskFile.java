package io.quorate.node.storage.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One open file, read and written at positions, from any thread. */
public interface DiskFile extends Closeable {
    /** Reads some bytes, or returns -1 at the end. */
    int read(ByteBuffer target, long position) throws IOException;

    /** Writes some of the bytes and says how many. */
    int write(ByteBuffer source, long position) throws IOException;

    long size() throws IOException;

    void truncate(long size) throws IOException;

    /** Returns when everything written before is on the disk. */
    void force() throws IOException;

    /** Reads until the target is full or the file ends, and says how many bytes came. */
    default int readFully(ByteBuffer target, long position) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int count = read(target, position + total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    default void writeFully(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += write(source, at);
        }
    }
}
