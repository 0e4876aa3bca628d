package io.quorate.node.storage.compaction;

import io.quorate.core.Bytes;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.index.IndexEntry;
import io.quorate.node.storage.segment.Place;
import java.util.List;
import java.util.Optional;

/**
 * Looks up keys in rising order: side by side with the index when they lie densely in it, one by one when they are few.
 *
 * <p>What it says may be out of date by a little; whoever acts on it has to compare again. For one thread.
 */
final class IndexCursor {
    /** Stepping over so many entries costs about as much as one look-up. */
    private static final int STEPS_PER_LOOKUP = 32;

    private static final int CHUNK = 256;

    private final Lookup lookup;
    private final int chunk;
    private List<IndexEntry> entries = List.of();
    private boolean atEnd;
    private int position;

    /** As {@link Index#range}. */
    interface Lookup {
        List<IndexEntry> range(byte[] from, Optional<byte[]> to, int limit);
    }

    IndexCursor(Index index, int keys) {
        this(index::range, (long) keys * STEPS_PER_LOOKUP < index.keys() ? 1 : CHUNK);
    }

    /**
     * Looks up by these chunks.
     *
     * @param chunk how many entries to read at once
     */
    IndexCursor(Lookup lookup, int chunk) {
        this.lookup = lookup;
        this.chunk = chunk;
    }

    /** Where the index says the key is; keys must be asked for in rising order. */
    Optional<Place> find(Bytes key) {
        if (!reaches(key)) {
            entries = lookup.range(key.array(), Optional.empty(), chunk);
            atEnd = entries.size() < chunk;
            position = 0;
        }
        while (position < entries.size() && entries.get(position).key().compareTo(key) < 0) {
            position++;
        }
        boolean found = position < entries.size() && entries.get(position).key().equals(key);
        return found ? Optional.of(entries.get(position).place()) : Optional.empty();
    }

    /**
     * Whether the entries at hand tell where the key is. At the end of the index they do for all keys to come: among them may be
     * thousands that were removed, such as what was owed, and a look for each steps over the empty nodes that all the others left.
     */
    private boolean reaches(Bytes key) {
        return atEnd
                || (!entries.isEmpty() && entries.get(entries.size() - 1).key().compareTo(key) >= 0);
    }
}
