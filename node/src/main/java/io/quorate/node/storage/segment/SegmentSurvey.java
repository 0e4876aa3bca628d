package io.quorate.node.storage.segment;

import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a segment through and finds out what in it counts.
 *
 * <p>Every record says how much had been acknowledged when it was written; the greatest such offset divides the segment.
 * Before it, whatever is broken was promised to somebody: the records that can be read stay, a record with a readable key
 * and a broken value counts as damaged, and the rest is counted. Behind it, the first batch that is not whole is where the
 * crash tore the file, and all from there on is cut off: it was never acknowledged.
 */
final class SegmentSurvey {
    private final KeyTable table = new KeyTable();
    private final TreeSet<Integer> breaks = new TreeSet<>();
    private final TreeMap<Integer, Integer> gaps = new TreeMap<>();
    private final int end;
    private int acknowledged = SegmentHeader.BYTES;
    private int batchStart = -1;
    private long expectedSequence;
    private long sequenceMin = Long.MAX_VALUE;
    private long sequenceMax;

    private SegmentSurvey(int end) {
        this.end = end;
    }

    static SegmentSurvey of(Segment segment) throws IOException {
        SegmentSurvey survey = new SegmentSurvey(segment.bytes());
        SegmentScanner scanner = new SegmentScanner(segment);
        Optional<ScannedRecord> found = scanner.next();
        while (found.isPresent()) {
            survey.gap(scanner.gapFrom(), found.get().offset());
            survey.record(found.get());
            found = scanner.next();
        }
        survey.gap(scanner.gapFrom(), survey.end);
        survey.breakBatch();
        return survey;
    }

    /** Where the segment should end. */
    int wholeEnd() {
        Map.Entry<Integer, Integer> gap = gaps.lowerEntry(acknowledged);
        if (gap != null && gap.getValue() > acknowledged) {
            return acknowledged;
        }
        Integer torn = breaks.ceiling(acknowledged);
        return torn == null ? end : torn;
    }

    /** What a key file of the segment, once cut at its whole end, has to list. */
    KeyTable entries() {
        table.dropFrom(wholeEnd());
        return table;
    }

    /** The bytes below the whole end that could not be read: where each stretch begins and ends. */
    NavigableMap<Integer, Integer> gaps() {
        return new TreeMap<>(gaps.headMap(wholeEnd()));
    }

    /** Takes in a record that cannot be read any more, known from elsewhere. */
    void addLost(KeyEntry entry) {
        table.add(entry.asDamaged());
        sequenceMin = Math.min(sequenceMin, entry.sequence());
        sequenceMax = Math.max(sequenceMax, entry.sequence());
    }

    KeyFileSummary summary(int entries, int unreadable) {
        return new KeyFileSummary(wholeEnd(), entries, sequenceMin, sequenceMax, unreadable);
    }

    private void gap(int from, int to) {
        if (from < to) {
            gaps.put(from, to);
            breakBatch();
            breaks.add(from);
        }
    }

    private void record(ScannedRecord scanned) {
        acknowledged = Math.max(acknowledged, scanned.acknowledged());
        StoredRecord record = scanned.record();
        if (record.isMark()) {
            breakBatch();
            return;
        }
        follow(scanned);
        int flags = record.flags() & (RecordFormat.REMOVAL | RecordFormat.DAMAGED);
        KeyEntry entry = new KeyEntry(
                record.key(),
                record.sequence(),
                scanned.offset(),
                scanned.valueLength(),
                scanned.digest(),
                record.tag(),
                flags);
        table.add(scanned.intact() ? entry : entry.asDamaged());
        sequenceMin = Math.min(sequenceMin, record.sequence());
        sequenceMax = Math.max(sequenceMax, record.sequence());
    }

    /** Watches that batches are whole: from a first record to a last, with no sequence number missing. */
    private void follow(ScannedRecord scanned) {
        StoredRecord record = scanned.record();
        if (record.isFirst()) {
            breakBatch();
            batchStart = scanned.offset();
        } else if (batchStart < 0) {
            breaks.add(scanned.offset());
        } else if (record.sequence() != expectedSequence) {
            breakBatch();
        }
        expectedSequence = record.sequence() + 1;
        if (!scanned.intact()) {
            breaks.add(batchStart < 0 ? scanned.offset() : batchStart);
        }
        if (record.isLast()) {
            batchStart = -1;
        }
    }

    private void breakBatch() {
        if (batchStart >= 0) {
            breaks.add(batchStart);
            batchStart = -1;
        }
    }
}
