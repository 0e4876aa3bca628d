package io.quorate.node.storage.compaction;

import io.quorate.node.storage.segment.RollSize;
import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.Segments;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides which segments are worth compacting. For one thread. */
final class CompactionPolicy {
    /** Copying a segment that is live to a larger share than this gains too little. */
    private static final double LIVE_SHARE_MAX = 0.9;
    /** So many small segments are worth joining. */
    private static final int SMALL_SEGMENTS_MAX = 8;

    private static final int SMALL_PART = 4;

    private final Segments segments;
    private final RetainedRemovals retained;
    private final RollSize rollSize;
    private final DeadSpace deadSpace;
    /** Whether compaction has begun in a store at rest, and goes on until there is little left to gain. */
    private boolean clearing;

    CompactionPolicy(Segments segments, RetainedRemovals retained, RollSize rollSize, DeadSpace deadSpace) {
        this.segments = segments;
        this.retained = retained;
        this.rollSize = rollSize;
        this.deadSpace = deadSpace;
    }

    /**
     * The segments to compact next; none when all is well.
     *
     * @param atRest whether segments have stopped filling up
     */
    List<Segment> choose(boolean atRest) {
        List<Segment> sealed = segments.all().stream().filter(Segment::isSealed).toList();
        Optional<Segment> dead =
                sealed.stream().filter(segment -> needed(segment) == 0).findFirst();
        if (dead.isPresent()) {
            return List.of(dead.get());
        }
        clearing = atRest && deadSpace.isWorthClearing(clearing);
        if (clearing || deadSpace.isWorthCompacting()) {
            Optional<Segment> worst = sealed.stream().min(Comparator.comparingDouble(this::liveShare));
            if (worst.isPresent() && liveShare(worst.get()) < LIVE_SHARE_MAX) {
                return List.of(worst.get());
            }
        }
        clearing = false;
        return chooseSmall(sealed);
    }

    private List<Segment> chooseSmall(List<Segment> sealed) {
        long roll = rollSize.bytes(segments.liveBytes());
        List<Segment> small = sealed.stream()
                .filter(segment -> segment.bytes() < roll / SMALL_PART)
                .toList();
        return small.size() < SMALL_SEGMENTS_MAX ? List.of() : small;
    }

    private double liveShare(Segment segment) {
        return (double) needed(segment) / segment.bytes();
    }

    private long needed(Segment segment) {
        return segment.liveBytes() + retained.bytes(segment);
    }
}
