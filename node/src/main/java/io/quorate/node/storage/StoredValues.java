package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Stored;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.index.IndexBrokenException;
import io.quorate.node.storage.index.IndexEntry;
import io.quorate.node.storage.segment.Place;
import io.quorate.node.storage.segment.RecordReader;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.Segments;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;

/** What is on the disk, by key: one look at the index, one read, every bit checked. From any thread. */
final class StoredValues {
    /** Compaction may move a record while it is being looked for, but hardly so often in a row. */
    private static final int TRIES = 16;

    private final Index index;
    private final Segments segments;
    private final Quarantine quarantine;
    private final ThreadLocal<RecordReader> readers = ThreadLocal.withInitial(RecordReader::new);

    StoredValues(Index index, Segments segments, Quarantine quarantine) {
        this.index = index;
        this.segments = segments;
        this.quarantine = quarantine;
    }

    /** The value; damaged also when the index is broken, for then nobody can say that the key is absent. */
    Stored get(Bytes key) {
        try {
            for (int i = 0; i < TRIES; i++) {
                Optional<Place> place = index.get(key.array());
                if (place.isEmpty()) {
                    return Stored.ABSENT;
                }
                if (place.get().damaged()) {
                    return damaged(place.get());
                }
                Optional<Stored> found = read(key, place.get());
                if (found.isPresent()) {
                    return found.get();
                }
            }
            return Stored.DAMAGED;
        } catch (IndexBrokenException e) {
            return Stored.DAMAGED;
        }
    }

    /** Whether a read of the key finds damage; if so, it is in quarantine now. */
    boolean readsDamage(Bytes key) {
        return get(key) instanceof Stored.Damaged;
    }

    /** Whether the key's record is known to be damaged. */
    boolean isDamaged(Bytes key) {
        try {
            return index.get(key.array()).map(Place::damaged).orElse(false);
        } catch (IndexBrokenException e) {
            return false;
        }
    }

    /** At most so many keys with {@code from <= key < to}, ascending. */
    List<IndexEntry> range(Bytes from, Bytes to, int limit) {
        return index.range(from.array(), Optional.of(to.array()), limit);
    }

    /** Empty when the record has moved. */
    private Optional<Stored> read(Bytes key, Place place) {
        Optional<Segment> segment = segments.get(place.segment());
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> value = readers.get().read(segment.get(), place, key.array());
            Optional<Stored.Present> whole =
                    value.map(Bytes::wrap).map(Stored.Present::new).filter(read -> read.digest() == place.digest());
            if (whole.isPresent()) {
                return Optional.of(whole.get());
            }
            quarantine.add(key, place, "failed its checksum");
        } catch (ClosedChannelException e) {
            return Optional.empty();
        } catch (IOException e) {
            quarantine.add(key, place, "cannot be read: " + e.getMessage());
        }
        return Optional.of(damaged(place));
    }

    private static Stored damaged(Place place) {
        return new Stored.Damaged(place.digest(), place.tag());
    }
}
