package io.quorate.node.storage.scrub;

import io.quorate.core.Bytes;
import io.quorate.node.storage.compaction.Throttle;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.index.IndexBrokenException;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.Segments;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background thread that reads all records, one segment after the other, slowly, and begins anew at the end.
 *
 * <p>It reads past the cache and holds nothing that the writer or compaction waits for; a segment that compaction deletes
 * meanwhile is done.
 */
public final class Scrubber {
    private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int STEP_BYTES = 64 << 10;
    /** A small store is read as often as one of this size, at an even pace: an idle node has nothing to gain from more. */
    private static final long PASS_BYTES_MIN = 1L << 30;

    private final Segments segments;
    private final Index index;
    private final ScrubPosition position;
    private final Throttle throttle;
    private final Predicate<Bytes> isDamaged;
    private final LongAdder bytes = new LongAdder();
    private final LongAdder passes = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private final Thread thread = new Thread(this::run, "store-scrub");
    private long passBytes;
    private long pacedBytes;
    private boolean stopping;

    /**
     * Prepares the thread; it does nothing before {@link #start}.
     *
     * @param isDamaged reads a key's record once more, and quarantines it if need be
     */
    public Scrubber(
            Segments segments, Index index, Path positionFile, long bytesPerSecond, Predicate<Bytes> isDamaged) {
        this.segments = segments;
        this.index = index;
        position = new ScrubPosition(positionFile);
        throttle = new Throttle(bytesPerSecond);
        this.isDamaged = isDamaged;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Stops it and waits for that. */
    public void stop() throws InterruptedException {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        thread.join();
    }

    /** Bytes read so far. */
    public long bytes() {
        return bytes.sum();
    }

    /** How often the end was reached. */
    public long passes() {
        return passes.sum();
    }

    /** Damaged records found. */
    public long damaged() {
        return damaged.sum();
    }

    private void run() {
        try {
            while (!isStopping()) {
                pass();
            }
        } catch (IOException | IndexBrokenException e) {
            LOG.error("scrubbing stops until the next start: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("scrubbing stops until the next start", e);
        }
    }

    private void pass() throws IOException {
        passBytes = segments.all().stream().mapToLong(Segment::bytes).sum();
        pacedBytes = 0;
        int done = position.load();
        for (Segment segment : segments.all()) {
            if (segment.number() > done && !isStopping()) {
                scrub(segment);
                if (!isStopping()) {
                    position.save(segment.number());
                }
            }
        }
        if (!isStopping()) {
            position.save(0);
            passes.increment();
            rest(Math.max(0, PASS_BYTES_MIN - pacedBytes));
        }
    }

    private void scrub(Segment segment) {
        SegmentScrub scrub = new SegmentScrub(index, segment, this::judge);
        try {
            boolean more = true;
            while (more && !isStopping()) {
                int from = scrub.position();
                more = scrub.step(STEP_BYTES);
                int read = scrub.position() - from;
                bytes.add(read);
                long paced = paced(read, passBytes, pacedBytes);
                pacedBytes += paced;
                // Before the rest, which is long in a small store.
                if (!more && scrub.hasGaps()) {
                    scrub.suspectAll();
                }
                rest(paced);
            }
        } catch (ClosedChannelException e) {
            // Compaction deleted it.
            return;
        } catch (IOException e) {
            LOG.error("segment {} cannot be read through: {}", segment.number(), e.getMessage());
            scrub.suspectAll();
        }
    }

    /**
     * The bytes that reading so many counts for.
     *
     * @param bytesOfPass what the pass was to read when it began: more may have been written since
     * @param pacedBytes what it has counted until now
     */
    static long paced(long bytesRead, long bytesOfPass, long pacedBytes) {
        long even = (long) ((double) bytesRead / bytesOfPass * PASS_BYTES_MIN);
        return Math.max(bytesRead, Math.min(even, PASS_BYTES_MIN - pacedBytes));
    }

    private void judge(Bytes key) {
        if (isDamaged.test(key)) {
            damaged.increment();
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    /** Waits as long as reading so much may take, but not longer than the store lives. */
    private synchronized void rest(long bytesRead) {
        long end = System.nanoTime() + throttle.restNanos(bytesRead, 1, System.nanoTime());
        long leftMillis = (end - System.nanoTime()) / NANOS_PER_MILLI;
        while (!stopping && leftMillis > 0) {
            try {
                wait(leftMillis);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread but to end it.
                stopping = true;
            }
            leftMillis = (end - System.nanoTime()) / NANOS_PER_MILLI;
        }
    }
}
