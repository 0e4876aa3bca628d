package io.quorate.node.storage.segment;

import io.quorate.core.Hash;

/**
 * Which segment of which store: what the checksums of its records are bound to.
 *
 * @param storeId the random id of the store, so that a client cannot store bytes that would pass for a record
 */
public record SegmentId(long storeId, int number) {
    /** What the checksum of a record at this offset is mixed with. */
    int salt(int offset) {
        return (int) Hash.mix(storeId + number, offset);
    }
}
