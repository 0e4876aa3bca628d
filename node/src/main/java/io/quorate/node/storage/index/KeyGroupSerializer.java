package io.quorate.node.storage.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import org.mapdb.DataInput2;
import org.mapdb.DataOutput2;
import org.mapdb.serializer.GroupSerializer;

/** How MapDB stores the keys of a node: as a {@link KeyGroup}, which is searched without being taken apart. */
final class KeyGroupSerializer implements GroupSerializer<byte[]> {
    @Override
    public void serialize(DataOutput2 out, byte[] key) throws IOException {
        out.packInt(key.length);
        out.write(key);
    }

    @Override
    public byte[] deserialize(DataInput2 in, int available) throws IOException {
        return MappedBytes.read(in, in.unpackInt());
    }

    @Override
    public int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    @Override
    public boolean isTrusted() {
        return true;
    }

    @Override
    public int valueArraySearch(Object keys, byte[] key) {
        return ((KeyGroup) keys).search(key);
    }

    // MapDB declares the comparator raw; it is always this serializer.
    @Override
    @SuppressWarnings("rawtypes")
    public int valueArraySearch(Object keys, byte[] key, Comparator comparator) {
        return ((KeyGroup) keys).search(key);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public int valueArrayBinarySearch(byte[] key, DataInput2 in, int count, Comparator comparator) throws IOException {
        ByteBuffer mapped = in.internalByteBuffer();
        if (mapped == null) {
            return valueArrayDeserialize(in, count).search(key);
        }
        int length = in.unpackInt();
        int start = in.getPos();
        in.setPos(start + length);
        return KeyGroup.search(mapped, start, count, key);
    }

    @Override
    public void valueArraySerialize(DataOutput2 out, Object keys) throws IOException {
        byte[] packed = ((KeyGroup) keys).packed();
        out.packInt(packed.length);
        out.write(packed);
    }

    @Override
    public KeyGroup valueArrayDeserialize(DataInput2 in, int count) throws IOException {
        return new KeyGroup(count, deserialize(in, -1));
    }

    @Override
    public byte[] valueArrayGet(Object keys, int index) {
        return ((KeyGroup) keys).get(index);
    }

    @Override
    public int valueArraySize(Object keys) {
        return ((KeyGroup) keys).count();
    }

    @Override
    public KeyGroup valueArrayEmpty() {
        return KeyGroup.EMPTY;
    }

    @Override
    public KeyGroup valueArrayPut(Object keys, int index, byte[] key) {
        return ((KeyGroup) keys).with(index, key);
    }

    @Override
    public KeyGroup valueArrayUpdateVal(Object keys, int index, byte[] key) {
        return ((KeyGroup) keys).without(index).with(index, key);
    }

    @Override
    public KeyGroup valueArrayFromArray(Object[] keys) {
        return KeyGroup.of(Arrays.copyOf(keys, keys.length, byte[][].class));
    }

    @Override
    public KeyGroup valueArrayCopyOfRange(Object keys, int from, int to) {
        return ((KeyGroup) keys).range(from, to);
    }

    /** Removes the entry before this position: MapDB counts from one here. */
    @Override
    public KeyGroup valueArrayDeleteValue(Object keys, int position) {
        return ((KeyGroup) keys).without(position - 1);
    }
}
