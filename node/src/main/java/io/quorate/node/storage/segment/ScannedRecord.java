package io.quorate.node.storage.segment;

/**
 * A record met while reading through a segment.
 *
 * @param acknowledged offset up to which the segment had been acknowledged when the record was written
 * @param intact whether the record is as it was written; when not, its value is empty, and what is told of the rest is certain
 * @param valueLength of the value as written
 */
public record ScannedRecord(int offset, int acknowledged, StoredRecord record, boolean intact, int valueLength) {
    /** Of the value; zero when it cannot be read. */
    public long digest() {
        return intact ? record.digest() : 0;
    }

    public int end() {
        return offset + StoredRecord.bytes(record.key().length(), valueLength);
    }
}
