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

    private final Index index;
    private final int chunk;
    private List<IndexEntry> entries = List.of();
    private int position;

    IndexCursor(Index index, int keys) {
        this.index = index;
        this.chunk = (long) keys * STEPS_PER_LOOKUP < index.keys() ? 1 : CHUNK;
    }

    /** Where the index says the key is; keys must be asked for in rising order. */
    Optional<Place> find(Bytes key) {
        if (entries.isEmpty() || entries.get(entries.size() - 1).key().compareTo(key) < 0) {
            entries = index.range(key.array(), Optional.empty(), chunk);
            position = 0;
        }
        while (position < entries.size() && entries.get(position).key().compareTo(key) < 0) {
            position++;
        }
        boolean found = position < entries.size() && entries.get(position).key().equals(key);
        return found ? Optional.of(entries.get(position).place()) : Optional.empty();
    }
}
