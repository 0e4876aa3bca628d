package io.quorate.node.storage;

/**
 * How a store is doing, and what it has done since it was opened.
 *
 * @param reason why it takes no writes; empty when it does
 * @param liveBytes of the records that count
 * @param diskBytes of the segments and their key files, without the zeros that are written ahead
 * @param indexBytes of the index
 * @param quarantined records known to be damaged, and stretches of damage that not even a key could be read from
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
        Writes writes,
        Compaction compaction,
        Cache cache,
        Scrub scrub) {
    /** What the store can do. */
    public enum State {
        /** Read and write. */
        WRITABLE,
        /** Read, until there is room on the disk. */
        READ_ONLY,
        /** Read as far as it can, until it is started anew. */
        FAILED
    }

    /**
     * What the writer does.
     *
     * @param waitingBytes of the writes that are not yet wholly done
     * @param fsyncs how often something was forced to the disk
     * @param groups of writes that shared one
     * @param records in those groups
     * @param groupMicros that writing and forcing them took
     */
    public record Writes(long waitingBytes, long fsyncs, long groups, long records, long groupMicros) {}

    /**
     * What compaction does.
     *
     * @param segments emptied
     * @param bytes copied out of them
     * @param pauses how often the writer had to rest so that compaction could keep up
     * @param pauseMicros for how long
     * @param isWaitedFor whether the writer writes nothing right now, because there is too much to be compacted
     */
    public record Compaction(long segments, long bytes, long pauses, long pauseMicros, boolean isWaitedFor) {}

    /** How often reads found their value in memory, and how much is held there. */
    public record Cache(long hits, long misses, long bytes) {}

    /**
     * What was read in search of damage.
     *
     * @param passes through all of the store
     * @param damaged records found
     */
    public record Scrub(long bytes, long passes, long damaged) {
        static final Scrub NONE = new Scrub(0, 0, 0);
    }

    public boolean readOnly() {
        return state != State.WRITABLE;
    }
}
