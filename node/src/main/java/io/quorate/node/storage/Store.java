package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Entry;
import io.quorate.node.storage.cache.ValueCache;
import io.quorate.node.storage.compaction.Backpressure;
import io.quorate.node.storage.compaction.Compactor;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.index.IndexEntry;
import io.quorate.node.storage.scrub.Scrubber;
import io.quorate.node.storage.segment.CountingDisk;
import io.quorate.node.storage.segment.Disk;
import io.quorate.node.storage.segment.Place;
import io.quorate.node.storage.segment.RealDisk;
import io.quorate.node.storage.segment.RollSize;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.Segments;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The durable store of one node. From any thread, but each {@link #shard} only on its own.
 *
 * <p>It locks its folder and keeps a few threads until it is closed; none is left after that.
 */
public final class Store implements Closeable {
    private static final int READERS = 4;

    private final StoreFolder folder;
    private final CountingDisk disk;
    private final Segments segments;
    private final Recovery.Recovered recovered;
    private final Index index;
    private final StoreHealth health = new StoreHealth();
    private final ValueCache cache;
    private final StoredValues values;
    private final WriteQueue queue;
    private final LogWriter log;
    private final StoreWriter writer;
    private final Compactor compactor;
    private final Optional<Syncer> syncer;
    private final Optional<Scrubber> scrubber;
    private final ExecutorService readers;
    private final List<ShardStorage> shards = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Store(StoreSettings settings, StoreFolder folder, Segments segments, CountingDisk disk) throws IOException {
        this.folder = folder;
        this.segments = segments;
        this.disk = disk;
        recovered = new Recovery(segments, folder.indexFile()).recover(folder.takeStopRecord());
        index = recovered.index();
        cache = new ValueCache(settings.cacheBytesMax());
        queue = new WriteQueue(settings.waitingBytesMax());
        Quarantine quarantine = new Quarantine(index, queue);
        values = new StoredValues(index, segments, quarantine);
        index.onDamage(this::onDamage);
        RollSize rollSize = new RollSize(settings.segmentBytesMax());
        compactor = new Compactor(segments, index, rollSize, settings.compactionBytesPerSecond());
        log = new LogWriter(segments, rollSize, settings.durability(), recovered.nextSequence(), compactor::wake);
        DiskRoom room = new DiskRoom(disk, folder.path(), settings.freeBytesMin());
        writer = new StoreWriter(queue, log, segments, index, health, room, compactor.backpressure(), quarantine);
        syncer = settings.durability() == Durability.INTERVAL
                ? Optional.of(new Syncer(segments, health, settings.intervalMillis()))
                : Optional.empty();
        scrubber = settings.scrubBytesPerSecond() > 0
                ? Optional.of(new Scrubber(
                        segments, index, folder.scrubFile(), settings.scrubBytesPerSecond(), values::readsDamage))
                : Optional.empty();
        AtomicInteger number = new AtomicInteger();
        readers = Executors.newFixedThreadPool(READERS, task -> {
            Thread thread = new Thread(task, "store-reader-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens the folder, making it if it is not there, and brings it in order.
     *
     * @throws StoreException when the folder cannot be this node's; its message says what to do
     */
    public static Store open(StoreSettings settings) throws IOException {
        return open(settings, new RealDisk());
    }

    /** The same on a disk of the caller's making. */
    public static Store open(StoreSettings settings, Disk disk) throws IOException {
        CountingDisk counting = new CountingDisk(disk);
        StoreFolder folder = StoreFolder.open(settings.folder(), settings.cluster(), settings.node());
        try {
            return open(settings, folder, counting);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * A shard's view. A key must only ever be used through one of them.
     *
     * @param scheduler runs the callbacks; it has to take tasks from any thread
     */
    public Storage shard(Scheduler scheduler) {
        ReadQueue reads = new ReadQueue(scheduler, readers, values);
        ShardStorage shard = new ShardStorage(scheduler, queue, health, cache, reads, values::isDamaged);
        shards.add(shard);
        return shard;
    }

    /**
     * What was handed to {@link #close(CleanStop)} last time; empty when the store may have forgotten something since: it was
     * killed, it is new, it is a copy, or damage was found.
     */
    public Optional<CleanStop> lastCleanStop() {
        return recovered.cleanStop();
    }

    /** Random, made with the folder: no two folders are taken for one another. */
    public String id() {
        return Long.toHexString(folder.storeId());
    }

    /** Why it takes no writes; empty when it does. Cheaper than {@link #status}, for those who ask all the time. */
    public String reason() {
        return health.condition().reason();
    }

    public StoreStatus status() {
        StoreHealth.Condition condition = health.condition();
        return new StoreStatus(
                condition.state(),
                condition.reason(),
                index.keys(),
                segments.liveBytes(),
                segments.diskBytes(),
                index.bytes(),
                segments.count(),
                index.damaged() + segments.unreadable(),
                writer.counts().writes(queue.bytes(), disk.forces()),
                compaction(),
                new StoreStatus.Cache(cache.hits(), cache.misses(), cache.bytes()),
                scrubber.map(Store::scrub).orElse(StoreStatus.Scrub.NONE));
    }

    private StoreStatus.Compaction compaction() {
        Backpressure backpressure = compactor.backpressure();
        return new StoreStatus.Compaction(
                compactor.compactions(),
                compactor.copiedBytes(),
                backpressure.pauses(),
                TimeUnit.NANOSECONDS.toMicros(backpressure.pausedNanos()),
                backpressure.isStopped());
    }

    private static StoreStatus.Scrub scrub(Scrubber scrubber) {
        return new StoreStatus.Scrub(scrubber.bytes(), scrubber.passes(), scrubber.damaged());
    }

    /** Writes what still waits and closes, leaving word for the next start that nothing is missing. */
    public void close(CleanStop stop) throws IOException {
        if (closed.compareAndSet(false, true)) {
            try (folder) {
                closeFiles(Optional.of(stop));
            }
        }
    }

    /** Writes what still waits and closes, but as if killed: the next start looks through everything. */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try (folder) {
                closeFiles(Optional.empty());
            }
        }
    }

    private static Store open(StoreSettings settings, StoreFolder folder, CountingDisk disk) throws IOException {
        Segments segments = Segments.open(disk, folder.path(), folder.storeId());
        try {
            Store store = new Store(settings, folder, segments, disk);
            store.start();
            return store;
        } catch (IOException | RuntimeException e) {
            segments.close();
            throw e;
        }
    }

    private void onDamage(Bytes key, Place place) {
        Entry entry = new IndexEntry(key, place).entry();
        shards.forEach(shard -> shard.postDamage(entry));
    }

    private void start() {
        writer.start();
        compactor.start();
        syncer.ifPresent(Syncer::start);
        scrubber.ifPresent(Scrubber::start);
    }

    private void closeFiles(Optional<CleanStop> stop) throws IOException {
        stopThreads();
        try (segments) {
            if (health.condition().state() == StoreStatus.State.FAILED) {
                // What can be said of the folder, the next start will find out.
                index.close();
                return;
            }
            log.finish();
            for (Segment segment : segments.all()) {
                segment.forceIfDirty();
            }
            Optional<Fingerprint> fingerprint = folder.fingerprint();
            index.close();
            if (stop.isPresent() && fingerprint.isPresent()) {
                folder.leaveStopRecord(stopRecord(stop.get(), fingerprint.get()));
            }
        }
    }

    private StopRecord stopRecord(CleanStop stop, Fingerprint fingerprint) {
        return new StopRecord(
                folder.storeId(),
                fingerprint,
                stop,
                log.nextSequence(),
                index.keys(),
                index.damaged(),
                StopRecord.statesOf(segments));
    }

    private void stopThreads() throws IOException {
        try {
            if (scrubber.isPresent()) {
                scrubber.get().stop();
            }
            compactor.stop();
            writer.stop();
            if (syncer.isPresent()) {
                syncer.get().stop();
            }
            // Never interrupted: an interrupt would close the files that the readers read.
            readers.shutdown();
            readers.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the store was closing", e);
        }
    }
}
