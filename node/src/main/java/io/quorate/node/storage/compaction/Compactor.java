package io.quorate.node.storage.compaction;

import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.index.IndexBrokenException;
import io.quorate.node.storage.segment.RollSize;
import io.quorate.node.storage.segment.Sealing;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.Segments;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The background thread that seals finished segments and gets the room of dead records back. */
public final class Compactor {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);
    private static final long IDLE_MILLIS = 1_000;
    /** A store is at rest when no segment has been filled for so long. */
    private static final long REST_MILLIS = 5_000;
    /** How long it sleeps then: what little is written without filling a segment can wait, and an idle node is to wake seldom. */
    private static final long RESTING_MILLIS = 10_000;

    private static final long AFTER_FAILURE_MILLIS = 5_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Segments segments;
    private final Index index;
    private final Sealing sealing;
    private final RetainedRemovals retained = new RetainedRemovals();
    private final CompactionOutput output;
    private final DeadSpace deadSpace;
    private final CompactionPolicy policy;
    private final Backpressure backpressure;
    private final Throttle throttle;
    private final AtomicLong compactions = new AtomicLong();
    private final Thread thread;
    private boolean stopping;
    private boolean awake;

    /** Prepares the thread; it does nothing before {@link #start}. */
    public Compactor(Segments segments, Index index, RollSize rollSize, long bytesPerSecond) {
        this.segments = segments;
        this.index = index;
        sealing = new Sealing(segments.disk());
        output = new CompactionOutput(segments, index, rollSize);
        deadSpace = new DeadSpace(segments, retained, rollSize);
        policy = new CompactionPolicy(segments, retained, rollSize, deadSpace);
        backpressure = new Backpressure(deadSpace, this::wake);
        throttle = new Throttle(bytesPerSecond);
        thread = new Thread(this::run, "store-compaction");
        thread.setDaemon(true);
    }

    public void start() {
        backpressure.hold(true);
        thread.start();
    }

    /** Tells it that there may be something to do. */
    public synchronized void wake() {
        awake = true;
        notifyAll();
    }

    /** Stops it at the next safe point and waits for that. */
    public void stop() throws InterruptedException {
        backpressure.hold(false);
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        thread.join();
    }

    /** Segments compacted so far. */
    public long compactions() {
        return compactions.get();
    }

    /** Bytes copied so far. */
    public long copiedBytes() {
        return output.copiedBytes();
    }

    /** What keeps the writer from outrunning this. */
    public Backpressure backpressure() {
        return backpressure;
    }

    private void run() {
        try {
            compactUntilStopped();
        } catch (IndexBrokenException e) {
            LOG.error("compaction stops until the next start: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("compaction stops until the next start", e);
        } finally {
            backpressure.hold(false);
        }
    }

    private void compactUntilStopped() {
        long idleMillis = REST_MILLIS;
        while (!isStopping()) {
            try {
                compactWhatIsWorthIt(idleMillis >= REST_MILLIS);
                backpressure.hold(true);
                long pauseMillis = idleMillis < REST_MILLIS ? IDLE_MILLIS : RESTING_MILLIS;
                idleMillis = sleep(pauseMillis) ? 0 : idleMillis + pauseMillis;
            } catch (IOException e) {
                LOG.warn("compaction failed and will be tried again", e);
                backpressure.hold(false);
                abandon();
                sleep(AFTER_FAILURE_MILLIS);
            }
        }
    }

    private void sealFinished() throws IOException {
        for (Segment segment : segments.all()) {
            if (segment.isFinished() && !segment.isSealed()) {
                sealing.sealByReading(segment);
            }
        }
    }

    /**
     * Compacts until nothing is worth it.
     *
     * @param atRest whether no segment had been filled for a while; that ends as soon as one is
     */
    private void compactWhatIsWorthIt(boolean atRest) throws IOException {
        sealFinished();
        List<Segment> victims = policy.choose(atRest && !isAwake());
        while (!victims.isEmpty() && !isStopping()) {
            for (Segment victim : victims) {
                if (!compact(victim)) {
                    return;
                }
                // Also the copies, when they have filled a segment: the next victim is checked against all others.
                sealFinished();
            }
            victims = policy.choose(atRest && !isAwake());
        }
    }

    /** Empties and deletes one segment; answers false when it was stopped before the end. */
    private boolean compact(Segment victim) throws IOException {
        SegmentCompaction compaction = new SegmentCompaction(segments, index, victim, output, retained);
        int done = 0;
        while (compaction.step()) {
            rest(compaction.position() - done);
            done = compaction.position();
            if (isStopping()) {
                return false;
            }
        }
        rest(compaction.position() - done);
        delete(victim);
        compactions.incrementAndGet();
        return true;
    }

    private void delete(Segment victim) throws IOException {
        // What took the place of the dead records may not be on the disk yet, when writes are acknowledged before that.
        for (Segment segment : segments.all()) {
            segment.forceIfDirty();
        }
        segments.delete(victim);
        retained.deleted(victim);
    }

    private void abandon() {
        try {
            output.abandon();
        } catch (IOException e) {
            LOG.warn("the copies made by the failed compaction could not be taken back; they do no harm", e);
        }
    }

    private void rest(int bytes) {
        long nanos = throttle.restNanos(bytes, deadSpace.speed(), System.nanoTime());
        waitUntil(System.nanoTime() + nanos, () -> deadSpace.speed() == 0);
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized boolean isAwake() {
        return awake;
    }

    /** Waits until there may be something to do, and says whether it was woken for that. */
    private boolean sleep(long millis) {
        waitUntil(System.nanoTime() + millis * NANOS_PER_MILLI, () -> awake);
        synchronized (this) {
            boolean woken = awake;
            awake = false;
            return woken;
        }
    }

    /** Waits, but not longer than the store lives. */
    private synchronized void waitUntil(long endNanos, BooleanSupplier enough) {
        long leftMillis = (endNanos - System.nanoTime()) / NANOS_PER_MILLI;
        while (!stopping && !enough.getAsBoolean() && leftMillis > 0) {
            try {
                wait(leftMillis);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread but to end it.
                stopping = true;
            }
            leftMillis = (endNanos - System.nanoTime()) / NANOS_PER_MILLI;
        }
    }
}
