package io.quorate.core;

import com.dynatrace.hash4j.hashing.Hasher64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable run of bytes, ordered as unsigned bytes from the left.
 *
 * <p>It wraps the array it is given and hands out the same array, so that a value is never copied on its way from socket to
 * segment: whoever has the array must not change it. A view wraps a part of an array, which it keeps alive as a whole.
 */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    public static Bytes wrap(byte[] array) {
        return view(array, 0, array.length);
    }

    /** A part of an array: for what is passed on or compared, and not kept for long. */
    public static Bytes view(byte[] array, int offset, int length) {
        return length == 0 ? EMPTY : new Bytes(array, Objects.checkFromIndexSize(offset, length, array.length), length);
    }

    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The array that was wrapped; of a view, a copy of its part each time. */
    public byte[] array() {
        return isView() ? Arrays.copyOfRange(array, offset, offset + length) : array;
    }

    public int length() {
        return length;
    }

    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /** Copies all of it into an array, from that index on. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, length);
    }

    /** Copies all of it into a buffer. */
    public void copyTo(ByteBuffer target) {
        target.put(array, offset, length);
    }

    public String toUtf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(
                array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes
                && Arrays.equals(
                        array, offset, offset + length, bytes.array, bytes.offset, bytes.offset + bytes.length);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array());
    }

    long hash(Hasher64 hasher) {
        return hasher.hashBytesToLong(array, offset, length);
    }

    private boolean isView() {
        return length != array.length;
    }

    /** The length only: values are their owner's business and do not belong in logs. */
    @Override
    public String toString() {
        return "Bytes[" + length + "]";
    }
}
