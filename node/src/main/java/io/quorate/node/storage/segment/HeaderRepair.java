package io.quorate.node.storage.segment;

import java.nio.ByteBuffer;

/**
 * Finds out what a record's header and key were when one byte of them, whichever, has changed. For one thread.
 *
 * <p>The checksum detects far more than one wrong byte, so it also tells which one it was: the only change that makes the
 * checksum right again. A wrong guess would have to meet 32 bits by chance, in some ten thousand tries. Without the key of a
 * damaged record nobody could say which key's older value must not be served.
 */
final class HeaderRepair {
    /** Longer keys are not tried, for the tries grow with the square of the length. */
    static final int BYTES_MAX = 1_536;

    private static final int BYTE_VALUES = 256;

    private final RecordCodec codec;

    HeaderRepair(RecordCodec codec) {
        this.codec = codec;
    }

    /** Puts the header at the beginning of the buffer right, if there is one that one byte of damage explains. */
    boolean repair(ByteBuffer header, int salt) {
        boolean whole = header.getInt(0) == RecordFormat.MAGIC;
        int from = whole ? RecordFormat.AT_CHECKSUM : 0;
        int to = whole ? header.limit() : RecordFormat.AT_CHECKSUM;
        for (int at = from; at < to && at < end(header); at++) {
            if (repairByte(header, salt, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean repairByte(ByteBuffer header, int salt, int at) {
        byte found = header.get(at);
        for (int change = 1; change < BYTE_VALUES; change++) {
            header.put(at, (byte) (found ^ change));
            if (codec.isHeader(header, 0, salt)) {
                return true;
            }
        }
        header.put(at, found);
        return false;
    }

    /** Where the key ends, as far as the length of the key can be believed. */
    private static int end(ByteBuffer header) {
        int keyLength = header.getShort(RecordFormat.AT_KEY_LENGTH);
        return RecordFormat.HEADER_BYTES + Math.max(0, keyLength);
    }
}
