package io.quorate.node.storage.segment;

import io.quorate.core.Bytes;
import java.nio.ByteBuffer;

/**
 * What a key file tells of one record: all but the value.
 *
 * @param length of the value, in bytes
 * @param flags {@link RecordFormat#REMOVAL} or {@link RecordFormat#DAMAGED} or neither
 */
public record KeyEntry(Bytes key, long sequence, int offset, int length, long digest, int tag, int flags) {
    static final int FIXED_BYTES = 31;

    public boolean isRemoval() {
        return (flags & RecordFormat.REMOVAL) != 0;
    }

    public boolean isDamaged() {
        return (flags & RecordFormat.DAMAGED) != 0;
    }

    public Place place(int segment) {
        return new Place(segment, offset, length, digest, tag, isDamaged());
    }

    KeyEntry asDamaged() {
        return new KeyEntry(key, sequence, offset, length, digest, tag, flags | RecordFormat.DAMAGED);
    }

    int bytes() {
        return FIXED_BYTES + key.length();
    }

    void encode(ByteBuffer out) {
        out.putShort((short) key.length())
                .putLong(sequence)
                .putInt(offset)
                .putInt(length)
                .putLong(digest)
                .putInt(tag)
                .put((byte) flags)
                .put(key.array());
    }

    static KeyEntry decode(ByteBuffer in) {
        byte[] key = new byte[in.getShort()];
        long sequence = in.getLong();
        int offset = in.getInt();
        int length = in.getInt();
        long digest = in.getLong();
        int tag = in.getInt();
        int flags = in.get();
        in.get(key);
        return new KeyEntry(Bytes.wrap(key), sequence, offset, length, digest, tag, flags);
    }
}
