package io.quorate.node.storage;

import java.nio.file.Path;

/**
 * How a store is to be run.
 *
 * @param folder where its files are; nothing else may be in there
 * @param cluster the folder belongs to this cluster and to no other
 * @param node the folder belongs to this node and to no other
 * @param intervalMillis how often {@link Durability#INTERVAL} forces; longer loses more, shorter costs more
 * @param segmentBytesMax when a segment is finished; larger ones take longer to read after a kill, smaller ones are many files
 * @param cacheBytesMax memory for hot values
 * @param waitingBytesMax bound of the writes that wait; also the largest batch there can be
 * @param freeBytesMin room that must stay free on the disk for the store to take writes; compaction and the index live on it
 * @param compactionBytesPerSecond how fast compaction goes in ordinary times
 * @param scrubBytesPerSecond how fast all records are read again and again in search of damage; 0 to leave that
 */
public record StoreSettings(
        Path folder,
        String cluster,
        String node,
        Durability durability,
        int intervalMillis,
        int segmentBytesMax,
        long cacheBytesMax,
        int waitingBytesMax,
        long freeBytesMin,
        long compactionBytesPerSecond,
        long scrubBytesPerSecond) {
    private static final int MIB = 1 << 20;
    private static final int BYTES_MAX = 1 << 30;

    public StoreSettings {
        require(intervalMillis > 0, "intervalMillis must be positive");
        require(segmentBytesMax > 0 && segmentBytesMax <= BYTES_MAX, "segmentBytesMax must be in 1..2^30");
        require(cacheBytesMax >= 0, "cacheBytesMax must not be negative");
        require(waitingBytesMax > 0 && waitingBytesMax <= BYTES_MAX / 2, "waitingBytesMax must be in 1..2^29");
        require(freeBytesMin >= 0, "freeBytesMin must not be negative");
        require(compactionBytesPerSecond > 0, "compactionBytesPerSecond must be positive");
        require(scrubBytesPerSecond >= 0, "scrubBytesPerSecond must not be negative");
    }

    /** The usual settings. */
    public static StoreSettings of(Path folder, String cluster, String node) {
        return new StoreSettings(
                folder,
                cluster,
                node,
                Durability.GROUP,
                1_000,
                64 * MIB,
                64L * MIB,
                64 * MIB,
                256L * MIB,
                32L * MIB,
                MIB);
    }

    public StoreSettings withDurability(Durability how, int everyMillis) {
        return new StoreSettings(
                folder,
                cluster,
                node,
                how,
                everyMillis,
                segmentBytesMax,
                cacheBytesMax,
                waitingBytesMax,
                freeBytesMin,
                compactionBytesPerSecond,
                scrubBytesPerSecond);
    }

    public StoreSettings withSegmentBytesMax(int bytes) {
        return new StoreSettings(
                folder,
                cluster,
                node,
                durability,
                intervalMillis,
                bytes,
                cacheBytesMax,
                waitingBytesMax,
                freeBytesMin,
                compactionBytesPerSecond,
                scrubBytesPerSecond);
    }

    public StoreSettings withCacheBytesMax(long bytes) {
        return new StoreSettings(
                folder,
                cluster,
                node,
                durability,
                intervalMillis,
                segmentBytesMax,
                bytes,
                waitingBytesMax,
                freeBytesMin,
                compactionBytesPerSecond,
                scrubBytesPerSecond);
    }

    public StoreSettings withWaitingBytesMax(int bytes) {
        return new StoreSettings(
                folder,
                cluster,
                node,
                durability,
                intervalMillis,
                segmentBytesMax,
                cacheBytesMax,
                bytes,
                freeBytesMin,
                compactionBytesPerSecond,
                scrubBytesPerSecond);
    }

    public StoreSettings withFreeBytesMin(long bytes) {
        return new StoreSettings(
                folder,
                cluster,
                node,
                durability,
                intervalMillis,
                segmentBytesMax,
                cacheBytesMax,
                waitingBytesMax,
                bytes,
                compactionBytesPerSecond,
                scrubBytesPerSecond);
    }

    public StoreSettings withScrubBytesPerSecond(long bytes) {
        return new StoreSettings(
                folder,
                cluster,
                node,
                durability,
                intervalMillis,
                segmentBytesMax,
                cacheBytesMax,
                waitingBytesMax,
                freeBytesMin,
                compactionBytesPerSecond,
                bytes);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
