package io.quorate.node.storage.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One segment file, and what the store knows of it: how much is in it, how much of that is live. From any thread. */
public final class Segment implements Closeable {
    private final SegmentId id;
    private final Path path;
    private final DiskFile file;
    private final AtomicLong liveBytes = new AtomicLong();
    private final Optional<DeadRecords> dead;
    private volatile int bytes;
    private volatile int keyFileBytes;
    private volatile long sequenceMin = Long.MAX_VALUE;
    private volatile long sequenceMax;
    private volatile int unreadable;
    private volatile boolean finished;
    private volatile boolean sealed;
    private volatile boolean dirty;
    private IOException failedForce;

    private Segment(SegmentId id, Path path, DiskFile file, int bytes, Optional<DeadRecords> dead) {
        this.id = id;
        this.path = path;
        this.file = file;
        this.bytes = bytes;
        this.dead = dead;
    }

    /** One that has just been created, so that the death of each of its records will be seen. */
    static Segment created(SegmentId id, Path path, DiskFile file, int bytes) {
        return new Segment(id, path, file, bytes, Optional.of(new DeadRecords()));
    }

    /** One that was there already. */
    static Segment opened(SegmentId id, Path path, DiskFile file, int bytes) {
        return new Segment(id, path, file, bytes, Optional.empty());
    }

    public SegmentId id() {
        return id;
    }

    public int number() {
        return id.number();
    }

    public Path path() {
        return path;
    }

    public Path keyPath() {
        return SegmentFiles.keyPath(path);
    }

    public DiskFile file() {
        return file;
    }

    /** Bytes written, with the header. */
    public int bytes() {
        return bytes;
    }

    /** Bytes on disk, with the key file. */
    public long diskBytes() {
        return (long) bytes + keyFileBytes;
    }

    /** Bytes of the records that the index points to. */
    public long liveBytes() {
        return liveBytes.get();
    }

    public void addLiveBytes(long delta) {
        liveBytes.addAndGet(delta);
    }

    /** Takes note that the index does not point at the record here, and never will again. */
    void markDead(int offset) {
        dead.ifPresent(records -> records.add(offset));
    }

    /**
     * The offsets of its dead records, ascending; once it is finished, the index points at all others. Empty when some may have died
     * before the store was opened.
     */
    public Optional<int[]> deadOffsets() {
        return dead.map(DeadRecords::sorted);
    }

    /** No record in here is older. {@link Long#MAX_VALUE} when there is none. */
    public long sequenceMin() {
        return sequenceMin;
    }

    public long sequenceMax() {
        return sequenceMax;
    }

    /** Stretches of damage in here from which not even a key could be read. */
    public int unreadable() {
        return unreadable;
    }

    /** Nobody will write to it any more. */
    public void finish() {
        finished = true;
    }

    public boolean isFinished() {
        return finished;
    }

    /** It is finished and has a key file. */
    public boolean isSealed() {
        return sealed;
    }

    /** Takes note of the key file that now lists all that is in it. */
    void seal(KeyFileSummary summary, int keyFileLength) {
        sequenceMin = summary.sequenceMin();
        sequenceMax = summary.sequenceMax();
        unreadable = summary.unreadable();
        keyFileBytes = keyFileLength;
        sealed = true;
    }

    /** Forces what its writer has written; only for that writer. */
    public void force() throws IOException {
        dirty = false;
        file.force();
    }

    /**
     * Forces what was written, if anything was since the last time; returns only when no other such call is under way.
     *
     * <p>After a failure it fails for ever: what the operating system could not write it may have forgotten, and a second
     * try would succeed for nothing.
     */
    public synchronized void forceIfDirty() throws IOException {
        if (failedForce != null) {
            throw new IOException("an earlier attempt to force " + path + " failed", failedForce);
        }
        if (dirty) {
            // Cleared first: what is written meanwhile sets it again.
            dirty = false;
            try {
                file.force();
            } catch (IOException e) {
                failedForce = e;
                throw e;
            }
        }
    }

    void wrote(int end, long firstSequence, long lastSequence) {
        bytes = end;
        sequenceMin = Math.min(sequenceMin, firstSequence);
        sequenceMax = Math.max(sequenceMax, lastSequence);
        dirty = true;
    }

    void truncate(int end) throws IOException {
        file.truncate(end);
        bytes = end;
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
