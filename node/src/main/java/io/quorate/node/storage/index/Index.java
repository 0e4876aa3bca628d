package io.quorate.node.storage.index;

import io.quorate.core.Bytes;
import io.quorate.node.storage.segment.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;

/** The ordered map from keys to places. From any thread; a run of changes keeps readers out, so it should be short. */
public final class Index implements Closeable {
    /** Another one for each form of its nodes: an index of another form is not found, and built anew. */
    private static final String NAME = "index-2";

    /** The more keys, the fewer levels to search, and the more to write anew for each new key. */
    private static final int NODE_SIZE = 32;

    private static final long GROWTH_BYTES = 4 << 20;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Changes changes = new Changes();
    private final Path file;
    private final DB db;
    private final BTreeMap<byte[], Place> map;
    private final MappedPlace found;
    private volatile long keys;
    private volatile long damaged;
    private volatile Throwable broken;
    private volatile BiConsumer<Bytes, Place> onDamage = (key, place) -> {};

    private Index(Path file, DB db, BTreeMap<byte[], Place> map, MappedPlace found) {
        this.file = file;
        this.db = db;
        this.map = map;
        this.found = found;
    }

    /** Reopens an index that was closed cleanly and has not been touched since. */
    public static Index reopen(Path file, long keys, long damaged) throws IOException {
        try {
            DB db = database(file);
            MappedPlace found = new MappedPlace();
            Index index = new Index(file, db, treeMap(db, found).open(), found);
            index.keys = keys;
            index.damaged = damaged;
            return index;
        } catch (RuntimeException e) {
            // Whatever MapDB throws at a file that it does not like.
            throw new IOException("the index in " + file + " cannot be opened", e);
        }
    }

    /** Builds an index in one sweep, in place of any that is there. */
    public static Index build(Path file, IndexSource source) throws IOException {
        Files.deleteIfExists(file);
        DB db = database(file);
        try {
            return build(file, db, source);
        } catch (IOException | RuntimeException e) {
            db.close();
            throw e;
        }
    }

    private static Index build(Path file, DB db, IndexSource source) throws IOException {
        MappedPlace found = new MappedPlace();
        DB.TreeMapSink<byte[], Place> sink = treeMap(db, found).createFromSink();
        long keys = 0;
        long damaged = 0;
        Optional<IndexEntry> next = source.next();
        while (next.isPresent()) {
            sink.put(next.get().key().array(), next.get().place());
            keys++;
            damaged += next.get().place().damaged() ? 1 : 0;
            next = source.next();
        }
        Index index = new Index(file, db, sink.create(), found);
        index.keys = keys;
        index.damaged = damaged;
        return index;
    }

    /** Whether the file has grown so far beyond its keys that building it anew is worth the time. */
    public static boolean isBloated(Path file, long keys) throws IOException {
        return Files.size(file) > (64L << 20) + 512 * keys;
    }

    public Optional<Place> get(byte[] key) {
        return locked(lock.readLock(), () -> Optional.ofNullable(map.get(key)));
    }

    /** At most so many entries with {@code from <= key < to}, ascending; an absent {@code to} means to the end. */
    public List<IndexEntry> range(byte[] from, Optional<byte[]> to, int limit) {
        return locked(lock.readLock(), () -> {
            List<IndexEntry> found = new ArrayList<>();
            Iterator<Map.Entry<byte[], Place>> entries = map.entryIterator(from, true, to.orElse(null), false);
            while (found.size() < limit && entries.hasNext()) {
                Map.Entry<byte[], Place> entry = entries.next();
                found.add(new IndexEntry(Bytes.wrap(entry.getKey()), entry.getValue()));
            }
            return found;
        });
    }

    /** Makes a run of changes, seen by readers all at once. */
    public void change(Consumer<IndexChanges> run) {
        locked(lock.writeLock(), () -> {
            run.accept(changes);
            return true;
        });
    }

    /** Marks the key's record as damaged, if the key still points at it. */
    public void quarantine(byte[] key, Place place) {
        change(now -> now.replace(key, place, place.asDamaged()));
    }

    /**
     * Has the listener hear of each record that is marked as damaged, and of what was known of it. It is called before anybody can
     * see the mark, so it must be quick and must not ask the index.
     */
    public void onDamage(BiConsumer<Bytes, Place> listener) {
        onDamage = listener;
    }

    public long keys() {
        return keys;
    }

    /** Keys whose record is known to be damaged. */
    public long damaged() {
        return damaged;
    }

    /** Bytes of its file. */
    public long bytes() {
        return file.toFile().length();
    }

    /** Closes it; when this returns without an error, it can be reopened, even after a power cut. */
    @Override
    public void close() throws IOException {
        lock.writeLock().lock();
        try {
            db.close();
        } catch (RuntimeException | Error e) {
            throw new IOException("the index cannot be closed; it will be built anew", e);
        } finally {
            lock.writeLock().unlock();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static DB database(Path file) {
        // No preclearing: it would force the whole file at each step of growth. The store stops writing while there is
        // still room
        // for the index to grow, so that a mapped page always finds its block.
        return DBMaker.fileDB(file.toFile())
                .fileMmapEnable()
                .fileLockDisable()
                .fileMmapPreclearDisable()
                .allocateIncrement(GROWTH_BYTES)
                .concurrencyDisable()
                .make();
    }

    private static DB.TreeMapMaker<byte[], Place> treeMap(DB db, MappedPlace found) {
        return db.treeMap(NAME, new KeyGroupSerializer(), new PlaceGroupSerializer(found))
                .maxNodeSize(NODE_SIZE);
    }

    /** Runs the action under the lock; whatever goes wrong inside it, the tree may be half changed, and is given up. */
    private <T> T locked(Lock held, Supplier<T> action) {
        held.lock();
        try {
            if (broken != null) {
                throw new IndexBrokenException(broken);
            }
            return action.get();
        } catch (IndexBrokenException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // Among the errors is the InternalError of a mapped page that found no room on the disk.
            broken = e;
            throw new IndexBrokenException(e);
        } finally {
            held.unlock();
        }
    }

    /** The changes themselves; only used with the write lock held. */
    private final class Changes implements IndexChanges {
        @Override
        public Optional<Place> put(byte[] key, Place place) {
            Place former = find(key);
            set(key, former, place);
            return Optional.ofNullable(former);
        }

        @Override
        public Optional<Place> remove(byte[] key) {
            Place former = map.remove(key);
            count(former, null);
            return Optional.ofNullable(former);
        }

        @Override
        public boolean replace(byte[] key, Place expected, Place place) {
            Place former = find(key);
            if (former == null || !former.isSameRecord(expected)) {
                return false;
            }
            // A record that could not be read once is not trusted when it can be read again.
            set(key, former, former.damaged() ? place.asDamaged() : place);
            return true;
        }

        private Place find(byte[] key) {
            found.seek();
            try {
                return map.get(key);
            } finally {
                found.rest();
            }
        }

        /** Points the key that was just looked for at a place; nearly always it is there, and its node stays as it is but for that. */
        private void set(byte[] key, Place former, Place latter) {
            if (!found.overwrite(latter)) {
                map.put(key, latter);
            }
            count(former, latter);
            if (former != null && !former.damaged() && latter.damaged()) {
                onDamage.accept(Bytes.wrap(key), former);
            }
        }

        private void count(Place former, Place latter) {
            keys = keys + (latter == null ? 0 : 1) - (former == null ? 0 : 1);
            damaged = damaged + damage(latter) - damage(former);
        }

        private static int damage(Place place) {
            return place != null && place.damaged() ? 1 : 0;
        }
    }
}
