package io.quorate.node.storage.segment;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Turns records into bytes and back. For one thread. */
final class RecordCodec {
    private final CRC32C crc = new CRC32C();

    /** Appends the record to the buffer. */
    void encode(ByteBuffer out, int salt, int acknowledged, StoredRecord record) {
        int at = out.position();
        out.putInt(RecordFormat.MAGIC)
                .putInt(0)
                .put(RecordFormat.VERSION)
                .put((byte) record.flags())
                .putShort((short) record.key().length())
                .putInt(record.value().length())
                .putInt(0)
                .putInt(record.tag())
                .putLong(record.sequence())
                .putInt(acknowledged);
        record.key().copyTo(out);
        int value = out.position();
        record.value().copyTo(out);
        // The header's covers the value's.
        out.putInt(at + RecordFormat.AT_VALUE_CHECKSUM, checksum(out, value, out.position()));
        out.putInt(
                at + RecordFormat.AT_CHECKSUM,
                headerChecksum(out, at, record.key().length(), salt));
    }

    /** Whether there is a whole header with its key at this index of the buffer, written for this place. */
    boolean isHeader(ByteBuffer in, int at, int salt) {
        if (in.limit() - at < RecordFormat.HEADER_BYTES
                || in.getInt(at) != RecordFormat.MAGIC
                || in.get(at + RecordFormat.AT_VERSION) != RecordFormat.VERSION) {
            return false;
        }
        int keyLength = in.getShort(at + RecordFormat.AT_KEY_LENGTH);
        return keyLength >= 0
                && in.getInt(at + RecordFormat.AT_VALUE_LENGTH) >= 0
                && in.limit() - at >= RecordFormat.HEADER_BYTES + keyLength
                && in.getInt(at + RecordFormat.AT_CHECKSUM) == headerChecksum(in, at, keyLength, salt);
    }

    /** Whether the value of the record at this index, wholly in the buffer, is as it was written. */
    boolean isValueIntact(ByteBuffer in, int at) {
        int start = at + RecordFormat.HEADER_BYTES + in.getShort(at + RecordFormat.AT_KEY_LENGTH);
        int length = in.getInt(at + RecordFormat.AT_VALUE_LENGTH);
        return in.getInt(at + RecordFormat.AT_VALUE_CHECKSUM) == checksum(in, start, start + length);
    }

    private int headerChecksum(ByteBuffer buffer, int at, int keyLength, int salt) {
        return salt ^ checksum(buffer, at + RecordFormat.AT_VERSION, at + RecordFormat.HEADER_BYTES + keyLength);
    }

    private int checksum(ByteBuffer buffer, int from, int to) {
        int position = buffer.position();
        int limit = buffer.limit();
        buffer.limit(to).position(from);
        crc.reset();
        crc.update(buffer);
        buffer.limit(limit).position(position);
        return (int) crc.getValue();
    }
}
