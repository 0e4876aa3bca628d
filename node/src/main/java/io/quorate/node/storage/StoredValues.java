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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is on the disk, by key: one look at the index, one read, every bit checked. From any thread. */
final class StoredValues {
    private static final Logger LOG = LoggerFactory.getLogger(StoredValues.class);
    /** Compaction may move a record while it is being looked for, but hardly so often in a row. */
    private static final int TRIES = 16;

    private final Index index;
    private final Segments segments;
    private final ThreadLocal<RecordReader> readers = ThreadLocal.withInitial(RecordReader::new);

    StoredValues(Index index, Segments segments) {
        this.index = index;
        this.segments = segments;
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
                    return Stored.DAMAGED;
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
            if (value.isPresent()) {
                return Optional.of(new Stored.Present(Bytes.wrap(value.get())));
            }
            quarantine(key, place, "failed its checksum");
        } catch (ClosedChannelException e) {
            return Optional.empty();
        } catch (IOException e) {
            quarantine(key, place, "cannot be read: " + e.getMessage());
        }
        return Optional.of(Stored.DAMAGED);
    }

    private void quarantine(Bytes key, Place place, String why) {
        LOG.error("the record at {} of segment {} {}", place.offset(), place.segment(), why);
        index.quarantine(key.array(), place);
    }
}
