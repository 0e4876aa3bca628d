package io.quorate.node.storage;

/**
 * How a store is doing.
 *
 * @param reason why it takes no writes; empty when it does
 * @param liveBytes of the records that count
 * @param diskBytes of the segments and their key files
 * @param indexBytes of the index
 * @param quarantined records known to be damaged, and stretches of damage that not even a key could be read from
 * @param compactionPauses how often the writer had to rest so that compaction could keep up
 * @param waitsForCompaction whether the writer writes nothing right now, because there is too much to be compacted
 * @param waitingBytes of the writes that are not yet wholly done
 * @param fsyncs how often something was forced to the disk
 */
public record StoreStatus(
        State state,
        String reason,
        long keys,
        long liveBytes,
        long diskBytes,
        long indexBytes,
        int segments,
        long quarantined,
        long compactions,
        long compactionPauses,
        boolean waitsForCompaction,
        long waitingBytes,
        long fsyncs) {
    /** What the store can do. */
    public enum State {
        /** Read and write. */
        WRITABLE,
        /** Read, until there is room on the disk. */
        READ_ONLY,
        /** Read as far as it can, until it is started anew. */
        FAILED
    }

    public boolean readOnly() {
        return state != State.WRITABLE;
    }
}
