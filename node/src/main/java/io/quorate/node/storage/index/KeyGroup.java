package io.quorate.node.storage.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** The keys of one tree node in a single array: first where each key ends, then all the keys. Never changed once made. */
final class KeyGroup {
    static final KeyGroup EMPTY = new KeyGroup(0, new byte[0]);

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int count;

    /** For each key the end of its bytes, counted from the first key's beginning, in four bytes; then the bytes. */
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
        byte[] packed = new byte[keys.length * Integer.BYTES + length];
        int end = 0;
        for (int i = 0; i < keys.length; i++) {
            System.arraycopy(keys[i], 0, packed, keys.length * Integer.BYTES + end, keys[i].length);
            end += keys[i].length;
            INT.set(packed, i * Integer.BYTES, end);
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
        return search(
                count, index -> Arrays.compareUnsigned(packed, start(index), start(index + 1), key, 0, key.length));
    }

    /** The same in a group that lies packed in a big-endian buffer, without taking it out. */
    static int search(ByteBuffer in, int at, int count, byte[] key) {
        int keys = at + count * Integer.BYTES;
        return search(count, index -> {
            int end = at + index * Integer.BYTES;
            int from = keys + (index == 0 ? 0 : in.getInt(end - Integer.BYTES));
            return compareUnsigned(in, from, keys + in.getInt(end), key);
        });
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

    /** By how the key at an index compares to the wanted one. */
    private static int search(int count, IntUnaryOperator orders) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = orders.applyAsInt(middle);
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

    KeyGroup with(int index, byte[] key) {
        int ends = (count + 1) * Integer.BYTES;
        int before = start(index) - count * Integer.BYTES;
        byte[] result = new byte[packed.length + Integer.BYTES + key.length];
        for (int i = 0; i <= count; i++) {
            int end = i < index ? end(i) : i == index ? before + key.length : end(i - 1) + key.length;
            INT.set(result, i * Integer.BYTES, end);
        }
        System.arraycopy(packed, count * Integer.BYTES, result, ends, before);
        System.arraycopy(key, 0, result, ends + before, key.length);
        System.arraycopy(packed, start(index), result, ends + before + key.length, packed.length - start(index));
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
        return count * Integer.BYTES + (index == 0 ? 0 : end(index - 1));
    }

    private int end(int index) {
        return (int) INT.get(packed, index * Integer.BYTES);
    }
}
