package io.quorate.coordinator.wire;

import io.vertx.core.buffer.Buffer;
import java.io.OutputStream;
import java.util.Arrays;

/** Frames that leave together: what one connection is given within one tick. */
final class FrameBuffer extends OutputStream {
    private static final int KEPT_BYTES_MAX = 64 << 10;

    private byte[] bytes = new byte[1_024];
    private int length;
    private int frameStart;

    int length() {
        return length;
    }

    /** Opens a frame; {@link #end} or {@link #cancel} closes it. */
    FrameBuffer begin(int kind) {
        frameStart = length;
        int32(0);
        write(kind);
        return this;
    }

    FrameBuffer int32(int value) {
        reserve(4);
        put(length, value);
        length += 4;
        return this;
    }

    FrameBuffer int64(long value) {
        return int32((int) (value >>> 32)).int32((int) value);
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /** How long the open frame is, by what its length field will say. */
    int frameLength() {
        return length - frameStart - Frames.LENGTH_BYTES;
    }

    void end() {
        put(frameStart, frameLength());
    }

    /** Takes the open frame back. */
    void cancel() {
        length = frameStart;
    }

    /** Everything so far, and starts anew. */
    Buffer drain() {
        Buffer drained = Buffer.buffer(length).appendBytes(bytes, 0, length);
        length = 0;
        if (bytes.length > KEPT_BYTES_MAX) {
            bytes = new byte[KEPT_BYTES_MAX];
        }
        return drained;
    }

    private void put(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }
}
