package io.quorate.node.storage;

import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.index.IndexEntry;
import io.quorate.node.storage.segment.KeyMerge;
import io.quorate.node.storage.segment.Sealing;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.Segments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a folder's segments and index into the state to work with: as they were left, or rebuilt. */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Segments segments;
    private final Path indexFile;
    private final Sealing sealing;

    Recovery(Segments segments, Path indexFile) {
        this.segments = segments;
        this.indexFile = indexFile;
        sealing = new Sealing(segments.disk());
    }

    /**
     * What was found.
     *
     * @param nextSequence greater than any sequence number on the disk
     * @param cleanStop the note of the last stop, if nothing can have been forgotten since
     */
    record Recovered(Index index, long nextSequence, Optional<CleanStop> cleanStop) {}

    /** Goes on from the last stop. */
    Recovered recover(Optional<StopRecord> stop) throws IOException {
        if (stop.isPresent() && stop.get().describes(segments)) {
            return resume(stop.get());
        }
        return rebuild();
    }

    private Recovered resume(StopRecord stop) throws IOException {
        Optional<Index> index = reopen(stop);
        if (index.isEmpty()) {
            Recovered rebuilt = rebuild();
            boolean complete = segments.unreadable() == 0 && rebuilt.index().damaged() <= stop.damaged();
            return complete
                    ? new Recovered(rebuilt.index(), rebuilt.nextSequence(), Optional.of(stop.cleanStop()))
                    : rebuilt;
        }
        for (StopRecord.SegmentState state : stop.segments()) {
            Segment segment = segments.get(state.number()).orElseThrow();
            segment.addLiveBytes(state.liveBytes());
            // Those without a key file are sealed later, in the background.
            sealing.sealByHeader(segment);
        }
        return new Recovered(index.get(), stop.nextSequence(), Optional.of(stop.cleanStop()));
    }

    private Optional<Index> reopen(StopRecord stop) {
        try {
            if (Index.isBloated(indexFile, stop.keys())) {
                return Optional.empty();
            }
            return Optional.of(Index.reopen(indexFile, stop.keys(), stop.damaged()));
        } catch (IOException e) {
            LOG.warn("the index is built anew: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Recovered rebuild() throws IOException {
        long start = System.nanoTime();
        long last = 0;
        for (Segment segment : segments.all()) {
            if (!sealing.sealByKeyFile(segment)) {
                sealing.sealByReading(segment);
            }
            last = Math.max(last, segment.sequenceMax());
        }
        Index index;
        try (KeyMerge merge = KeyMerge.open(segments.disk(), segments.all())) {
            index = Index.build(indexFile, () -> nextPresent(merge));
        }
        long millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
        LOG.info("built the index of {} keys from {} segments in {} ms", index.keys(), segments.count(), millis);
        if (index.damaged() + segments.unreadable() > 0) {
            LOG.error(
                    "{} keys have damaged records, and {} stretches of damage cannot be read at all",
                    index.damaged(),
                    segments.unreadable());
        }
        return new Recovered(index, last + 1, Optional.empty());
    }

    private Optional<IndexEntry> nextPresent(KeyMerge merge) throws IOException {
        Optional<KeyMerge.Newest> next = merge.next();
        while (next.isPresent() && next.get().entry().isRemoval()) {
            next = merge.next();
        }
        return next.map(newest -> {
            IndexEntry entry = new IndexEntry(
                    newest.entry().key(), newest.entry().place(newest.segment().number()));
            segments.addLive(entry.place(), entry.key().length());
            return entry;
        });
    }
}
