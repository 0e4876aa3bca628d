package io.quorate.node.storage.segment;

/**
 * A record met while reading through a segment.
 *
 * @param acknowledged offset up to which the segment had been acknowledged when the record was written
 * @param intact whether the value is as it was written; when not, the record's value is empty
 * @param valueLength of the value as written
 */
public record ScannedRecord(int offset, int acknowledged, StoredRecord record, boolean intact, int valueLength) {
    public int end() {
        return offset + StoredRecord.bytes(record.key().length(), valueLength);
    }
}
