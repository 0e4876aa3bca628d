package io.quorate.node.cli.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of an answer, in an array that is used again and again. */
final class Body {
    /** Above what 100 siblings of the default limit can come to. */
    private static final int BYTES_MAX = 256 << 20;

    /** What is kept of a large array when it is used again. */
    private static final int KEPT_BYTES_MAX = 1 << 20;

    private byte[] array = new byte[1024];
    private int length;

    void clear() {
        length = 0;
        if (array.length > KEPT_BYTES_MAX) {
            array = new byte[KEPT_BYTES_MAX];
        }
    }

    void add(ByteBuffer in, int count) throws IOException {
        if (count > BYTES_MAX - length) {
            throw new IOException("an answer of more than " + BYTES_MAX + " bytes");
        }
        if (length + count > array.length) {
            array = Arrays.copyOf(array, Math.max(length + count, 2 * array.length));
        }
        in.get(array, length, count);
        length += count;
    }

    int length() {
        return length;
    }

    byte at(int index) {
        return array[index];
    }

    byte[] copy() {
        return Arrays.copyOf(array, length);
    }

    boolean contains(byte[] wanted) {
        return indexOf(wanted, 0) >= 0;
    }

    int count(byte[] wanted) {
        int count = 0;
        for (int at = indexOf(wanted, 0); at >= 0; at = indexOf(wanted, at + wanted.length)) {
            count++;
        }
        return count;
    }

    private int indexOf(byte[] wanted, int from) {
        for (int start = from; start <= length - wanted.length; start++) {
            if (Arrays.equals(array, start, start + wanted.length, wanted, 0, wanted.length)) {
                return start;
            }
        }
        return -1;
    }
}
