package io.quorate.core.codec;

import io.quorate.core.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of big-endian numbers, LEB128 varints, UTF-8 text and raw bytes. */
public final class ByteWriter {
    private byte[] buffer;
    private int length;

    public ByteWriter() {
        this(64);
    }

    public ByteWriter(int expectedLength) {
        buffer = new byte[expectedLength];
    }

    public ByteWriter int8(int value) {
        reserve(1);
        buffer[length++] = (byte) value;
        return this;
    }

    public ByteWriter int32(int value) {
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    public ByteWriter int64(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** A non-negative number in one to five bytes. */
    public ByteWriter varint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            int8((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        return int8(rest);
    }

    public ByteWriter raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    public ByteWriter raw(Bytes bytes) {
        reserve(bytes.length());
        bytes.copyTo(buffer, length);
        length += bytes.length();
        return this;
    }

    public ByteWriter rawUtf8(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A length, then that many bytes. */
    public ByteWriter bytes(Bytes bytes) {
        return varint(bytes.length()).raw(bytes);
    }

    /** How long {@link #bytes} makes them. */
    public static int lengthOf(Bytes bytes) {
        int varintLength = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(bytes.length()) + 6) / 7);
        return varintLength + bytes.length();
    }

    public ByteWriter utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return varint(bytes.length).raw(bytes);
    }

    public Bytes toBytes() {
        return Bytes.wrap(length == buffer.length ? buffer : Arrays.copyOf(buffer, length));
    }

    private void reserve(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
