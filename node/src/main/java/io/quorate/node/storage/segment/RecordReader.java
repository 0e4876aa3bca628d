package io.quorate.node.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Reads single records at their places, and believes nothing. For one thread. */
public final class RecordReader {
    private static final int BUFFER_BYTES = 64 << 10;

    private final RecordCodec codec = new RecordCodec();
    private final ByteBuffer small = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /**
     * The value that the key has at this place; empty when what lies there is not, to the last bit, that key's record.
     *
     * @throws IOException when the file cannot be read, above all because compaction has just deleted it
     */
    public Optional<byte[]> read(Segment segment, Place place, byte[] key) throws IOException {
        int total = place.recordBytes(key.length);
        ByteBuffer buffer = total <= BUFFER_BYTES ? small.clear().limit(total) : ByteBuffer.allocate(total);
        if (segment.file().readFully(buffer, place.offset()) < total) {
            return Optional.empty();
        }
        buffer.flip();
        boolean valid = codec.isHeader(buffer, 0, segment.id().salt(place.offset()))
                && buffer.getInt(RecordFormat.AT_VALUE_LENGTH) == place.length()
                && isKey(buffer, key)
                && codec.isValueIntact(buffer, 0);
        if (!valid) {
            return Optional.empty();
        }
        byte[] value = new byte[place.length()];
        buffer.get(RecordFormat.HEADER_BYTES + key.length, value);
        return Optional.of(value);
    }

    private static boolean isKey(ByteBuffer buffer, byte[] key) {
        if (buffer.getShort(RecordFormat.AT_KEY_LENGTH) != key.length) {
            return false;
        }
        byte[] stored = new byte[key.length];
        buffer.get(RecordFormat.HEADER_BYTES, stored);
        return Arrays.equals(stored, key);
    }
}
