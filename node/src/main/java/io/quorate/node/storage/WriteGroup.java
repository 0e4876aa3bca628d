package io.quorate.node.storage;

import java.util.List;

/**
 * Batches of any shards that share one force of the disk, in the order in which they were handed over.
 *
 * @param bytes what they take of the bound of waiting writes; none when they hold no changes
 */
record WriteGroup(List<WriteBatch> batches, long bytes) {
    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** Whether they only wait for those before them. */
    boolean holdsNoChanges() {
        return bytes == 0;
    }
}
