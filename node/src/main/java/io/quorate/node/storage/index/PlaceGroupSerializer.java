package io.quorate.node.storage.index;

import io.quorate.node.storage.segment.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import org.mapdb.DataInput2;
import org.mapdb.DataOutput2;
import org.mapdb.serializer.GroupSerializer;

/** How MapDB stores the places of a node: one array, {@value #BYTES} bytes a place. */
final class PlaceGroupSerializer implements GroupSerializer<Place> {
    private static final int BYTES = 25;
    private static final byte[] NOTHING = {};

    private final MappedPlace found;

    PlaceGroupSerializer(MappedPlace found) {
        this.found = found;
    }

    @Override
    public void serialize(DataOutput2 out, Place place) throws IOException {
        out.write(encode(place));
    }

    @Override
    public Place deserialize(DataInput2 in, int available) throws IOException {
        return decode(MappedBytes.read(in, BYTES), 0);
    }

    @Override
    public boolean isTrusted() {
        return true;
    }

    /** Places are values of the tree and have no order. */
    @Override
    public int valueArraySearch(Object places, Place place) {
        throw new UnsupportedOperationException("places are not ordered");
    }

    // MapDB declares the comparator raw.
    @Override
    @SuppressWarnings("rawtypes")
    public int valueArraySearch(Object places, Place place, Comparator comparator) {
        throw new UnsupportedOperationException("places are not ordered");
    }

    @Override
    public Place valueArrayBinaryGet(DataInput2 in, int count, int index) throws IOException {
        in.setPos(in.getPos() + index * BYTES);
        found.reads(in);
        return deserialize(in, -1);
    }

    @Override
    public void valueArraySerialize(DataOutput2 out, Object places) throws IOException {
        out.write((byte[]) places);
    }

    @Override
    public byte[] valueArrayDeserialize(DataInput2 in, int count) throws IOException {
        return MappedBytes.read(in, count * BYTES);
    }

    @Override
    public Place valueArrayGet(Object places, int index) {
        return decode((byte[]) places, index * BYTES);
    }

    @Override
    public int valueArraySize(Object places) {
        return ((byte[]) places).length / BYTES;
    }

    @Override
    public byte[] valueArrayEmpty() {
        return NOTHING;
    }

    @Override
    public byte[] valueArrayPut(Object places, int index, Place place) {
        byte[] old = (byte[]) places;
        int at = index * BYTES;
        byte[] result = new byte[old.length + BYTES];
        System.arraycopy(old, 0, result, 0, at);
        System.arraycopy(encode(place), 0, result, at, BYTES);
        System.arraycopy(old, at, result, at + BYTES, old.length - at);
        return result;
    }

    @Override
    public byte[] valueArrayUpdateVal(Object places, int index, Place place) {
        byte[] result = ((byte[]) places).clone();
        System.arraycopy(encode(place), 0, result, index * BYTES, BYTES);
        return result;
    }

    @Override
    public byte[] valueArrayFromArray(Object[] places) {
        byte[] result = new byte[places.length * BYTES];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(encode((Place) places[i]), 0, result, i * BYTES, BYTES);
        }
        return result;
    }

    @Override
    public byte[] valueArrayCopyOfRange(Object places, int from, int to) {
        return Arrays.copyOfRange((byte[]) places, from * BYTES, to * BYTES);
    }

    /** Removes the entry before this position: MapDB counts from one here. */
    @Override
    public byte[] valueArrayDeleteValue(Object places, int position) {
        byte[] old = (byte[]) places;
        int at = (position - 1) * BYTES;
        byte[] result = Arrays.copyOf(old, old.length - BYTES);
        System.arraycopy(old, at + BYTES, result, at, result.length - at);
        return result;
    }

    private static byte[] encode(Place place) {
        byte[] bytes = new byte[BYTES];
        encode(place, ByteBuffer.wrap(bytes), 0);
        return bytes;
    }

    static void encode(Place place, ByteBuffer out, int at) {
        out.putInt(at, place.segment())
                .putInt(at + 4, place.offset())
                .putInt(at + 8, place.length())
                .putLong(at + 12, place.digest())
                .putInt(at + 20, place.tag())
                .put(at + 24, (byte) (place.damaged() ? 1 : 0));
    }

    private static Place decode(byte[] places, int at) {
        ByteBuffer in = ByteBuffer.wrap(places, at, BYTES);
        return new Place(in.getInt(), in.getInt(), in.getInt(), in.getLong(), in.getInt(), in.get() != 0);
    }
}
