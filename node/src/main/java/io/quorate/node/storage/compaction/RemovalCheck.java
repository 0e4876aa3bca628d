package io.quorate.node.storage.compaction;

import io.quorate.node.storage.segment.KeyFileReader;
import io.quorate.node.storage.segment.KeyFilter;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.Segments;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds out which removals still cover an older record of their key somewhere. For one thread. */
final class RemovalCheck {
    private final Segments segments;
    private final CompactionOutput output;

    RemovalCheck(Segments segments, CompactionOutput output) {
        this.segments = segments;
        this.output = output;
    }

    /** The offsets of the removals that must be kept, each with a segment that may hold an older record. */
    Map<Integer, Segment> needed(Segment victim, List<Removal> removals) throws IOException {
        Map<Integer, Segment> needed = new TreeMap<>();
        long newest = removals.stream().mapToLong(Removal::sequence).max().orElse(0);
        for (Segment other : segments.all()) {
            if (other != victim && other.sequenceMin() < newest && needed.size() < removals.size()) {
                check(other, removals, needed);
            }
        }
        return needed;
    }

    private void check(Segment other, List<Removal> removals, Map<Integer, Segment> needed) throws IOException {
        KeyFilter filter = filter(other);
        for (Removal removal : removals) {
            if (other.sequenceMin() < removal.sequence() && filter.mayContain(removal.hash())) {
                needed.putIfAbsent(removal.offset(), other);
            }
        }
    }

    private KeyFilter filter(Segment other) throws IOException {
        if (output.isOpenOn(other)) {
            return output.filter();
        }
        try (KeyFileReader reader = KeyFileReader.open(segments.disk(), other)) {
            return reader.filter();
        }
    }
}
