package io.quorate.node.storage.compaction;

import io.quorate.node.storage.segment.RollSize;
import io.quorate.node.storage.segment.Segments;

/**
 * How much of the segments nobody needs any more, and how much of it is too much. From any thread.
 *
 * <p>All limits are about the bytes of records. Key files come on top: an entry of one is always smaller than its record.
 */
final class DeadSpace {
    /** More segment bytes than this, by byte needed, are worth compacting: the longer a victim waits, the less of it is left to copy. */
    private static final double WORTH_COMPACTING = 1.45;
    /** The same when there is little else to do. */
    private static final double WORTH_CLEARING = 1.2;
    /** Once that has begun, it goes on to here: what is copied for each byte that comes back is what it would be at 1.2. */
    private static final double CLEARED = 1.02;
    /** Beyond this, compaction hurries; beyond {@link #PAUSING}, it also knows no rest. */
    private static final double HURRYING = 1.5;
    /** From here on the writer pauses, the longer the more there is. */
    private static final double PAUSING = 1.55;
    /** Here the writer stops. Compaction always gets below this, since it copies segments of a greater live share than this leaves. */
    private static final double STOPPING = 1.65;

    private static final int HURRY = 4;

    private final Segments segments;
    private final RetainedRemovals retained;
    private final RollSize rollSize;

    DeadSpace(Segments segments, RetainedRemovals retained, RollSize rollSize) {
        this.segments = segments;
        this.retained = retained;
        this.rollSize = rollSize;
    }

    /** Whether compaction should go on while segments fill up. */
    boolean isWorthCompacting() {
        return ratio() > WORTH_COMPACTING;
    }

    /** Whether compaction should begin, or go on once it has begun, while the store is at rest. */
    boolean isWorthClearing(boolean begun) {
        return ratio() > (begun ? CLEARED : WORTH_CLEARING);
    }

    /** How many times faster than usual compaction should go; zero when it should not rest at all. */
    int speed() {
        double ratio = ratio();
        return ratio > PAUSING ? 0 : ratio > HURRYING ? HURRY : 1;
    }

    /**
     * How far the store is on its way from where the writer begins to pause (0, or below) to where it stops (1, or above).
     *
     * <p>What is still being written to cannot be compacted and does not count. One segment is always granted, so that a small
     * store need not wait whenever it has filled one.
     */
    double excess() {
        long needed = needed();
        long roll = rollSize.bytes(needed);
        double from = PAUSING * needed;
        double to = STOPPING * needed + roll;
        return (segments.finishedBytes() - from) / (to - from);
    }

    private double ratio() {
        return (double) segments.bytes() / Math.max(1, needed());
    }

    private long needed() {
        return segments.liveBytes() + retained.bytes();
    }
}
