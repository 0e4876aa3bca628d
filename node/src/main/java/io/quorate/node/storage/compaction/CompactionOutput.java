package io.quorate.node.storage.compaction;

import io.quorate.core.Hash;
import io.quorate.node.storage.index.Index;
import io.quorate.node.storage.segment.GroupBuffer;
import io.quorate.node.storage.segment.KeyFilter;
import io.quorate.node.storage.segment.Place;
import io.quorate.node.storage.segment.RollSize;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.SegmentWriter;
import io.quorate.node.storage.segment.Segments;
import io.quorate.node.storage.segment.StoredRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where compaction copies to: one segment after the other, each filled by as many victims as it takes. For one thread.
 *
 * <p>Copies are gathered, written and forced, and only then does the index learn of them.
 */
final class CompactionOutput {
    private static final int GROUP_BYTES = 2 << 20;
    /** As many keys as the filter of an open segment is made for; beyond them it says "may be" more often. */
    private static final int FILTER_KEYS = 1 << 18;
    /** Index changes made in one go, while readers and the writer wait. */
    private static final int RUN = 16;

    private final Segments segments;
    private final Index index;
    private final RollSize rollSize;
    private final GroupBuffer buffer = new GroupBuffer();
    private final List<Move> moves = new ArrayList<>();
    private final LongAdder copied = new LongAdder();
    private SegmentWriter writer;
    private KeyFilter filter;
    private int rollBytes;

    CompactionOutput(Segments segments, Index index, RollSize rollSize) {
        this.segments = segments;
        this.index = index;
        this.rollSize = rollSize;
    }

    /** Whether this is the segment being filled, and so has no key file yet. */
    boolean isOpenOn(Segment segment) {
        return writer != null && writer.segment() == segment;
    }

    /** What the segment being filled may hold. */
    KeyFilter filter() {
        return filter;
    }

    /** Bytes written so far; from any thread. */
    long copiedBytes() {
        return copied.sum();
    }

    /** Copies a live record. */
    void copy(StoredRecord record, Place from) throws IOException {
        ready(record);
        int offset = writer.append(record);
        filter.add(Hash.of(record.key()));
        moves.add(new Move(record.key(), from, place(record, offset)));
    }

    /** Copies a removal, and says into which segment. */
    Segment copyRemoval(StoredRecord record) throws IOException {
        ready(record);
        writer.append(record);
        return writer.segment();
    }

    /** Whether so much has been gathered that it should be flushed. */
    boolean isFull() {
        return writer != null && writer.tail() - writer.segment().bytes() >= GROUP_BYTES;
    }

    /** Makes what was gathered durable, and points the index at it. */
    void flush() throws IOException {
        if (writer == null || writer.tail() == writer.segment().bytes()) {
            return;
        }
        copied.add(writer.tail() - writer.segment().bytes());
        writer.write();
        writer.segment().force();
        writer.begin();
        // For recovery: this much is no torn tail.
        writer.mark();
        for (int i = 0; i < moves.size(); i += RUN) {
            swap(moves.subList(i, Math.min(moves.size(), i + RUN)));
        }
        moves.clear();
    }

    /** Takes back what was gathered and not flushed; after a failure. */
    void abandon() throws IOException {
        moves.clear();
        if (writer != null) {
            SegmentWriter failed = writer;
            // Whatever comes next goes elsewhere; what was flushed stays where it is.
            writer = null;
            try {
                failed.abandon();
            } finally {
                failed.segment().finish();
            }
        }
    }

    private void ready(StoredRecord record) throws IOException {
        if (writer != null && writer.tail() + record.bytes() > rollBytes) {
            flush();
            writer.segment().finish();
            writer = null;
        }
        if (writer == null) {
            writer = new SegmentWriter(segments.create(), buffer, 0);
            filter = KeyFilter.forKeys(FILTER_KEYS);
            rollBytes = rollSize.bytes(segments.liveBytes());
        }
    }

    private Place place(StoredRecord record, int offset) {
        int length = record.value().length();
        return new Place(writer.segment().number(), offset, length, record.digest(), record.tag(), record.isDamaged());
    }

    private void swap(List<Move> run) {
        index.change(changes -> {
            for (Move move : run) {
                if (changes.replace(move.key().array(), move.from(), move.to())) {
                    segments.removeLive(move.from(), move.key().length());
                    segments.addLive(move.to(), move.key().length());
                } else {
                    segments.stillborn(move.to());
                }
            }
        });
    }
}
