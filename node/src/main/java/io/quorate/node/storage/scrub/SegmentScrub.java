package io.quorate.node.storage.scrub;

import io.quorate.core.Bytes;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.index.IndexEntry;
import io.quorate.node.storage.segment.Place;
import io.quorate.node.storage.segment.ScannedRecord;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.SegmentScanner;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The reading through of one segment. Whatever looks wrong about a record that counts is handed on, to be read once more and
 * judged; so a mistake here costs a read and nothing else. For one thread.
 */
final class SegmentScrub {
    private static final int INDEX_RUN = 256;

    private final Index index;
    private final Segment segment;
    private final Consumer<Bytes> suspects;
    private final SegmentScanner scanner;
    private boolean gaps;

    SegmentScrub(Index index, Segment segment, Consumer<Bytes> suspects) {
        this.index = index;
        this.segment = segment;
        this.suspects = suspects;
        scanner = new SegmentScanner(segment);
    }

    /** Goes on for about so many bytes, and says whether there is more. */
    boolean step(int bytes) throws IOException {
        int enough = scanner.position() + bytes;
        while (scanner.position() < enough) {
            Optional<ScannedRecord> next = scanner.next();
            gaps |= scanner.gapFrom() < next.map(ScannedRecord::offset).orElse(scanner.position());
            if (next.isEmpty()) {
                return false;
            }
            check(next.get());
        }
        return true;
    }

    int position() {
        return scanner.position();
    }

    /** Whether bytes had to be skipped: then only the index knows which records should have been there. */
    boolean hasGaps() {
        return gaps;
    }

    /** Hands on every record that the index has in this segment. */
    void suspectAll() {
        byte[] from = {};
        List<IndexEntry> run = index.range(from, Optional.empty(), INDEX_RUN);
        while (!run.isEmpty()) {
            run.stream().filter(entry -> isNews(entry.place())).forEach(entry -> suspects.accept(entry.key()));
            byte[] last = run.get(run.size() - 1).key().array();
            from = Arrays.copyOf(last, last.length + 1);
            run = index.range(from, Optional.empty(), INDEX_RUN);
        }
    }

    private void check(ScannedRecord scanned) {
        Bytes key = scanned.record().key();
        Optional<Place> place = index.get(key.array());
        boolean counts = place.filter(this::isNews).isPresent() && place.get().offset() == scanned.offset();
        if (counts && scanned.digest() != place.get().digest()) {
            suspects.accept(key);
        }
    }

    /** Of this segment, and not known to be damaged: until the writer has written that down, the mark still names this place. */
    private boolean isNews(Place place) {
        return place.segment() == segment.number() && !place.damaged();
    }
}
