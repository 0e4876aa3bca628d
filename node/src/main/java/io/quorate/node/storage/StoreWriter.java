package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.node.storage.compaction.Backpressure;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.index.IndexBrokenException;
import io.quorate.node.storage.index.IndexChanges;
import io.quorate.node.storage.index.IndexEntry;
import io.quorate.node.storage.segment.Place;
import io.quorate.node.storage.segment.Segments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The writer thread: takes what waits, writes it, answers, and brings the index up to date; then the next.
 *
 * <p>The longer a group takes, the more waits for the next one: the groups grow with the load by themselves. Where several write at
 * once, it also waits between two groups, because a force costs a hundred microseconds of processor however much it covers.
 */
final class StoreWriter {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MARK_NANOS = 100 * NANOS_PER_MILLI;
    private static final long PROBE_NANOS = 200 * NANOS_PER_MILLI;
    private static final long IDLE_NANOS = 60_000 * NANOS_PER_MILLI;
    /** What a writer may wait at most for others that share its force. */
    private static final long GATHER_NANOS_MAX = 3 * NANOS_PER_MILLI;
    /** Index changes made in one go, while readers wait. */
    private static final int INDEX_RUN = 16;
    /** What a shard keeps in its overlay until the next group, rather than be told at once that it may forget it. */
    private static final int LEFT_BYTES_MAX = 256 << 10;

    private final WriteQueue queue;
    private final LogWriter log;
    private final Segments segments;
    private final Index index;
    private final StoreHealth health;
    private final DiskRoom room;
    private final Backpressure backpressure;
    private final Quarantine quarantine;
    private final WriterCounts counts = new WriterCounts();
    private final Thread thread = new Thread(this::run, "store-writer");

    StoreWriter(
            WriteQueue queue,
            LogWriter log,
            Segments segments,
            Index index,
            StoreHealth health,
            DiskRoom room,
            Backpressure backpressure,
            Quarantine quarantine) {
        this.queue = queue;
        this.log = log;
        this.segments = segments;
        this.index = index;
        this.health = health;
        this.room = room;
        this.backpressure = backpressure;
        this.quarantine = quarantine;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Writes what still waits, ends, and waits for that. */
    void stop() throws InterruptedException {
        queue.close();
        thread.join();
    }

    WriterCounts counts() {
        return counts;
    }

    private void run() {
        // Read before the queue is found empty: then nothing can have come in between.
        boolean last = false;
        while (!last) {
            last = queue.isClosed();
            writeDownDamage();
            WriteGroup group = queue.take(log.groupBytesMax());
            if (!group.isEmpty()) {
                long start = System.nanoTime();
                commitOrFail(group);
                long tookNanos = System.nanoTime() - start;
                backpressure.rest(tookNanos, group.bytes());
                gather(group.batches().size(), tookNanos);
                last = false;
            } else if (!last) {
                rest();
            }
        }
    }

    /**
     * Who writes alone is not kept waiting; others wait, as with {@code commit_delay} of PostgreSQL: twice as long as the last group
     * took, so that a third of the time goes to groups.
     */
    private void gather(int groupSize, long tookNanos) {
        if (groupSize > 1 && !queue.isClosed()) {
            LockSupport.parkNanos(this, Math.min(2 * tookNanos, GATHER_NANOS_MAX));
        }
    }

    private void writeDownDamage() {
        Optional<IndexEntry> found = health.refusal().isEmpty() ? quarantine.next() : Optional.empty();
        while (found.isPresent()) {
            try {
                writeDown(found.get().key(), found.get().place());
            } catch (IOException e) {
                takeBack(e);
            } catch (IndexBrokenException e) {
                health.fail(e.getMessage(), e);
            }
            found = health.refusal().isEmpty() ? quarantine.next() : Optional.empty();
        }
    }

    private void writeDown(Bytes key, Place lost) throws IOException {
        Optional<Place> present = index.get(key.array());
        // Elsewhere the key has been written again, or compaction has written it down.
        if (present.isEmpty() || !present.get().isSameRecord(lost)) {
            return;
        }
        Place place = log.writeLost(key, lost);
        index.change(now -> {
            if (now.replace(key.array(), lost, place)) {
                segments.removeLive(lost, key.length());
                segments.addLive(place, key.length());
            } else {
                segments.stillborn(place);
            }
        });
    }

    private void commitOrFail(WriteGroup group) {
        try {
            commit(group);
        } catch (RuntimeException | Error e) {
            health.fail("the writer met an error: " + e, e);
        }
    }

    private void commit(WriteGroup group) {
        List<Place> places = new ArrayList<>();
        Outcome outcome = health.refusal().orElseGet(() -> write(group, places));
        if (outcome != Outcome.DURABLE) {
            // What was built on a group that failed goes with it, in the same task.
            WriteGroup rest = queue.take(Long.MAX_VALUE);
            answer(
                    Stream.concat(group.batches().stream(), rest.batches().stream())
                            .toList(),
                    outcome);
            queue.release(rest.bytes());
        } else {
            answer(group.batches(), outcome);
            index(group.batches(), places);
        }
        queue.release(group.bytes());
        if (outcome == Outcome.DURABLE && group.bytes() > LEFT_BYTES_MAX && queue.isEmpty()) {
            byShard(group.batches()).keySet().forEach(ShardStorage::postIndexed);
        }
    }

    private Outcome write(WriteGroup group, List<Place> places) {
        if (group.holdsNoChanges()) {
            return Outcome.DURABLE;
        }
        try {
            room.require();
            long start = System.nanoTime();
            places.addAll(log.append(group));
            counts.add(places.size(), System.nanoTime() - start);
            return Outcome.DURABLE;
        } catch (IOException | RuntimeException e) {
            return takeBack(e);
        }
    }

    private Outcome takeBack(Exception cause) {
        try {
            log.abandon();
        } catch (IOException e) {
            cause.addSuppressed(e);
            health.fail("a group could be neither written nor taken back: " + cause.getMessage(), cause);
            return Outcome.FAILED;
        }
        if (room.isLackedBy(cause)) {
            health.full(cause.getMessage());
            return Outcome.READ_ONLY;
        }
        health.fail("writing failed: " + cause.getMessage(), cause);
        return Outcome.FAILED;
    }

    private static void answer(List<WriteBatch> batches, Outcome outcome) {
        byShard(batches).forEach((shard, own) -> shard.postAnswer(own, outcome));
    }

    private static Map<ShardStorage, List<WriteBatch>> byShard(List<WriteBatch> batches) {
        Map<ShardStorage, List<WriteBatch>> byShard = new LinkedHashMap<>();
        for (WriteBatch batch : batches) {
            byShard.computeIfAbsent(batch.shard(), shard -> new ArrayList<>()).add(batch);
        }
        return byShard;
    }

    /** From the last change to the first: what is written over within the group need not go through the index. */
    private void index(List<WriteBatch> batches, List<Place> places) {
        List<PendingChange> changes = new ArrayList<>(places.size());
        for (WriteBatch batch : batches) {
            changes.addAll(batch.changes());
        }
        Set<Bytes> written = new HashSet<>();
        try {
            for (int end = changes.size(); end > 0; end -= INDEX_RUN) {
                int last = end - 1;
                int first = Math.max(0, end - INDEX_RUN);
                index.change(now -> {
                    for (int i = last; i >= first; i--) {
                        if (written.add(changes.get(i).key())) {
                            apply(now, changes.get(i), places.get(i));
                        } else {
                            segments.stillborn(places.get(i));
                        }
                    }
                });
            }
        } catch (IndexBrokenException e) {
            health.fail(e.getMessage(), e);
        }
    }

    private void apply(IndexChanges now, PendingChange change, Place place) {
        byte[] key = change.key().array();
        Optional<Place> former = change.isRemoval() ? now.remove(key) : now.put(key, place);
        if (former.isPresent()) {
            segments.removeLive(former.get(), key.length);
        }
        if (!change.isRemoval()) {
            segments.addLive(place, key.length);
        }
    }

    /** Waits for work, and meanwhile does what is due when there is none. */
    private void rest() {
        if (health.isReadOnly()) {
            queue.await(PROBE_NANOS);
            if (queue.isEmpty() && room.isBack()) {
                health.roomAgain();
            }
        } else if (log.isUnmarked() && health.refusal().isEmpty()) {
            queue.await(MARK_NANOS);
            if (queue.isEmpty()) {
                mark();
            }
        } else {
            queue.await(IDLE_NANOS);
        }
    }

    private void mark() {
        try {
            log.mark();
        } catch (IOException e) {
            takeBack(e);
        }
    }
}
