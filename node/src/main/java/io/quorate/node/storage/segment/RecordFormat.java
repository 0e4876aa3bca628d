package io.quorate.node.storage.segment;

/**
 * The layout of a record: a fixed header (big-endian), the key, the value.
 *
 * <pre>
 *  0  magic           4
 *  4  header checksum 4   CRC32C of bytes 8 to 36 and the key, mixed with the record's place
 *  8  format version  1
 *  9  flags           1
 * 10  key length      2
 * 12  value length    4
 * 16  value checksum  4   CRC32C of the value
 * 20  tag             4
 * 24  sequence        8
 * 32  acknowledged    4   offset up to which this segment had been acknowledged when the record was written
 * 36  key, value
 * </pre>
 */
public final class RecordFormat {
    public static final int HEADER_BYTES = 36;

    /** The first record of a batch; the batch's records are consecutive, in place and in sequence. */
    public static final int FIRST = 1;
    /** The last record of a batch. */
    public static final int LAST = 2;
    /** The key is gone. */
    public static final int REMOVAL = 4;
    /** The key's value was lost to damage: its digest is all that is left of it. Written in place of the broken record. */
    public static final int DAMAGED = 8;
    /** No change, only word of how much is acknowledged. */
    static final int MARK = 16;

    static final int MAGIC = 0xD5A7_3E91;
    static final byte VERSION = 1;

    static final int AT_CHECKSUM = 4;
    static final int AT_VERSION = 8;
    static final int AT_FLAGS = 9;
    static final int AT_KEY_LENGTH = 10;
    static final int AT_VALUE_LENGTH = 12;
    static final int AT_VALUE_CHECKSUM = 16;
    static final int AT_TAG = 20;
    static final int AT_SEQUENCE = 24;
    static final int AT_ACKNOWLEDGED = 32;

    private RecordFormat() {}
}
