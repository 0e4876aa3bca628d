package io.quorate.node.storage.compaction;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Slows the writer down when compaction falls behind, so that the disk stays bounded whatever the load.
 *
 * <p>Between two limits of dead space the writer works only a part of the time, the smaller the closer the second limit is, which
 * leaves the disk and the processor to compaction; at the second limit it waits until compaction has got below. When compaction
 * cannot work, waiting for it would be for ever, and only the room that must stay free on the disk bounds the store.
 */
public final class Backpressure {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long PAUSE_NANOS_MAX = 50 * NANOS_PER_MILLI;
    private static final long POLL_NANOS = NANOS_PER_MILLI;
    /** Dead space, which takes a look at each segment, hardly changes while less than this is written. */
    private static final long LOOK_BYTES = 64 << 10;

    private final DeadSpace dead;
    private final Runnable wakeCompaction;
    private final LongAdder pauses = new LongAdder();
    private final LongAdder pausedNanos = new LongAdder();
    private long unseenBytes;
    private volatile boolean holding;
    private volatile boolean stopped;

    Backpressure(DeadSpace dead, Runnable wakeCompaction) {
        this.dead = dead;
        this.wakeCompaction = wakeCompaction;
    }

    /**
     * Rests, if need be, before the next group; on the writer.
     *
     * @param workedNanos what the last group took
     * @param writtenBytes what it wrote
     */
    public void rest(long workedNanos, long writtenBytes) {
        unseenBytes += writtenBytes;
        if (!holding || unseenBytes < LOOK_BYTES) {
            return;
        }
        double excess = dead.excess();
        if (excess <= 0) {
            unseenBytes = 0;
            return;
        }
        pauses.increment();
        long start = System.nanoTime();
        wakeCompaction.run();
        if (excess < 1) {
            LockSupport.parkNanos(this, (long) Math.min(PAUSE_NANOS_MAX, workedNanos * excess / (1 - excess)));
        }
        while (holding && dead.excess() >= 1) {
            stopped = true;
            LockSupport.parkNanos(this, POLL_NANOS);
        }
        stopped = false;
        pausedNanos.add(System.nanoTime() - start);
    }

    /** How often the writer had to rest. */
    public long pauses() {
        return pauses.sum();
    }

    /** For how long it rested, all in all. */
    public long pausedNanos() {
        return pausedNanos.sum();
    }

    /** Whether the writer waits for compaction right now and writes nothing. */
    public boolean isStopped() {
        return stopped;
    }

    /** Whether compaction works, so that it makes sense to wait for it. */
    void hold(boolean working) {
        holding = working;
    }
}
