package io.quorate.node.storage.segment;

/**
 * Where a key's latest record lies, and what can be told of it without reading it.
 *
 * @param length of the value, in bytes
 * @param digest of the value
 * @param damaged the record failed its checksum: it is never served, and the key has no readable value until it is written
 */
public record Place(int segment, int offset, int length, long digest, int tag, boolean damaged) {
    public Place asDamaged() {
        return new Place(segment, offset, length, digest, tag, true);
    }

    /** Bytes that the record takes in its segment. */
    public int recordBytes(int keyLength) {
        return RecordFormat.HEADER_BYTES + keyLength + length;
    }

    public boolean isSameRecord(Place other) {
        return segment == other.segment && offset == other.offset;
    }
}
