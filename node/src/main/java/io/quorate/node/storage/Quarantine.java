package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.index.IndexEntry;
import io.quorate.node.storage.segment.Place;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where records go that turn out to be damaged while the store runs: the index marks them at once, and the writer then writes
 * down that they are lost, so that an index built anew knows it too. From any thread.
 */
final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    /** Beyond so many, a restart after a kill has to find the damage again. */
    private static final int UNWRITTEN_MAX = 10_000;

    private final Index index;
    private final WriteQueue queue;
    private final LinkedBlockingQueue<IndexEntry> unwritten = new LinkedBlockingQueue<>(UNWRITTEN_MAX);

    Quarantine(Index index, WriteQueue queue) {
        this.index = index;
        this.queue = queue;
    }

    void add(Bytes key, Place place, String why) {
        LOG.error("the record at {} of segment {} {}", place.offset(), place.segment(), why);
        index.quarantine(key.array(), place);
        if (unwritten.offer(new IndexEntry(key, place))) {
            queue.nudge();
        }
    }

    /** The next record of which it is not written down yet that it is lost. Only for the writer. */
    Optional<IndexEntry> next() {
        return Optional.ofNullable(unwritten.poll());
    }
}
