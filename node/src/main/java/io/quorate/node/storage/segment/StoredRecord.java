package io.quorate.node.storage.segment;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import java.nio.ByteBuffer;

/**
 * One change of one key as it is stored.
 *
 * @param flags see {@link RecordFormat}
 * @param value empty for a removal; of a damaged record, the digest of what was lost
 */
public record StoredRecord(int flags, long sequence, int tag, Bytes key, Bytes value) {
    /** Keys are bounded by the format. */
    public static final int KEY_LENGTH_MAX = 0x7FFF;

    /** Says that the value of a key, which had this digest, was lost to damage. */
    public static StoredRecord lost(Bytes key, long sequence, int tag, long digest) {
        int flags = RecordFormat.FIRST | RecordFormat.LAST | RecordFormat.DAMAGED;
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(digest).array();
        return new StoredRecord(flags, sequence, tag, key, Bytes.wrap(value));
    }

    /** Of the value that this record is about. */
    public long digest() {
        return isDamaged() && value.length() == Long.BYTES
                ? ByteBuffer.wrap(value.array()).getLong()
                : Hash.of(value);
    }

    public int bytes() {
        return RecordFormat.HEADER_BYTES + key.length() + value.length();
    }

    public static int bytes(int keyLength, int valueLength) {
        return RecordFormat.HEADER_BYTES + keyLength + valueLength;
    }

    /** The same change as a batch of its own, which is what a copy made by compaction is. */
    public StoredRecord alone() {
        int kind = flags & (RecordFormat.REMOVAL | RecordFormat.DAMAGED);
        return new StoredRecord(kind | RecordFormat.FIRST | RecordFormat.LAST, sequence, tag, key, value);
    }

    public boolean isRemoval() {
        return (flags & RecordFormat.REMOVAL) != 0;
    }

    /** It only says that the key's value was lost to damage. */
    public boolean isDamaged() {
        return (flags & RecordFormat.DAMAGED) != 0;
    }

    boolean isMark() {
        return (flags & RecordFormat.MARK) != 0;
    }

    boolean isFirst() {
        return (flags & RecordFormat.FIRST) != 0;
    }

    boolean isLast() {
        return (flags & RecordFormat.LAST) != 0;
    }
}
