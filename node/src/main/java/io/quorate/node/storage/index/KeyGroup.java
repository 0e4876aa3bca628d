package io.quorate.node.storage.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The keys of one tree node in a single array: first of each key how it begins and where it ends, then all the keys. Never changed
 * once made.
 *
 * <p>A search goes by the beginnings, which lie together: the keys themselves lie apart, and each that is looked at is likely to be
 * one more access to memory that is in no cache of the processor. Most keys of data differ there, by their tokens.
 */
final class KeyGroup {
    static final KeyGroup EMPTY = new KeyGroup(0, new byte[0]);

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int HEAD_BYTES = 2 * Integer.BYTES;
    private static final int BEGINNING_BYTES = Integer.BYTES;

    private final int count;

    /**
     * For each key its first four bytes, filled up with zeros, and in four bytes where it ends, counted from the first key's
     * beginning; then the keys.
     */
    private final byte[] packed;

    KeyGroup(int count, byte[] packed) {
        this.count = count;
        this.packed = packed;
    }

    static KeyGroup of(byte[]... keys) {
        int length = 0;
        for (byte[] key : keys) {
            length += key.length;
        }
        byte[] packed = new byte[keys.length * HEAD_BYTES + length];
        int end = 0;
        for (int i = 0; i < keys.length; i++) {
            System.arraycopy(keys[i], 0, packed, keys.length * HEAD_BYTES + end, keys[i].length);
            end += keys[i].length;
            setHead(packed, i, beginning(keys[i]), end);
        }
        return new KeyGroup(keys.length, packed);
    }

    int count() {
        return count;
    }

    byte[] packed() {
        return packed;
    }

    byte[] get(int index) {
        return Arrays.copyOfRange(packed, start(index), start(index + 1));
    }

    /** Where the key is, or where it would be, as {@link Arrays#binarySearch(int[], int)} says it. */
    int search(byte[] key) {
        return search(ByteBuffer.wrap(packed), 0, count, key);
    }

    /** The same in a group that lies packed in a big-endian buffer, without taking it out. */
    static int search(ByteBuffer in, int at, int count, byte[] key) {
        int keys = at + count * HEAD_BYTES;
        int beginning = beginning(key);
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int head = at + middle * HEAD_BYTES;
            int order = Integer.compareUnsigned(in.getInt(head), beginning);
            if (order == 0) {
                int from = keys + (middle == 0 ? 0 : in.getInt(head - Integer.BYTES));
                order = compareUnsigned(in, from, keys + in.getInt(head + BEGINNING_BYTES), key);
            }
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -(low + 1);
    }

    private static int compareUnsigned(ByteBuffer in, int from, int to, byte[] key) {
        int length = Math.min(to - from, key.length);
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            int order = Long.compareUnsigned(in.getLong(from + i), (long) LONG.get(key, i));
            if (order != 0) {
                return order;
            }
        }
        for (; i < length; i++) {
            int order = Byte.compareUnsigned(in.get(from + i), key[i]);
            if (order != 0) {
                return order;
            }
        }
        return to - from - key.length;
    }

    KeyGroup with(int index, byte[] key) {
        int heads = (count + 1) * HEAD_BYTES;
        int before = start(index) - count * HEAD_BYTES;
        byte[] result = new byte[packed.length + HEAD_BYTES + key.length];
        System.arraycopy(packed, 0, result, 0, index * HEAD_BYTES);
        setHead(result, index, beginning(key), before + key.length);
        for (int i = index; i < count; i++) {
            setHead(result, i + 1, (int) INT.get(packed, i * HEAD_BYTES), end(i) + key.length);
        }
        System.arraycopy(packed, count * HEAD_BYTES, result, heads, before);
        System.arraycopy(key, 0, result, heads + before, key.length);
        System.arraycopy(packed, start(index), result, heads + before + key.length, packed.length - start(index));
        return new KeyGroup(count + 1, result);
    }

    KeyGroup range(int from, int to) {
        byte[][] keys = new byte[to - from][];
        for (int i = from; i < to; i++) {
            keys[i - from] = get(i);
        }
        return of(keys);
    }

    KeyGroup without(int index) {
        byte[][] keys = new byte[count - 1][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = get(i < index ? i : i + 1);
        }
        return of(keys);
    }

    private int start(int index) {
        return count * HEAD_BYTES + (index == 0 ? 0 : end(index - 1));
    }

    private int end(int index) {
        return (int) INT.get(packed, index * HEAD_BYTES + BEGINNING_BYTES);
    }

    private static void setHead(byte[] packed, int index, int beginning, int end) {
        INT.set(packed, index * HEAD_BYTES, beginning);
        INT.set(packed, index * HEAD_BYTES + BEGINNING_BYTES, end);
    }

    /** Keys are ordered as these are, unsigned, where they differ. */
    private static int beginning(byte[] key) {
        return (int) INT.get(key.length < BEGINNING_BYTES ? Arrays.copyOf(key, BEGINNING_BYTES) : key, 0);
    }
}
