package io.quorate.core.datatype;

import io.quorate.core.version.Dot;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an element of a list is, for ever: the same order on every replica, whatever else is there or has been deleted.
 *
 * <p>A run of elements that one insertion began hangs on the element that it was inserted after, or on the list's start; of several runs
 * in one place the latest comes first, so that an insertion lands right next to its neighbour and concurrent runs do not mix. The path
 * names the elements that it passes through, so they may be gone. (The tree of RGA, Roh and others 2011, without its tombstones.)
 */
record Position(List<Step> path) implements Comparable<Position> {
    static final Position START = new Position(List.of());

    Position {
        path = List.copyOf(path);
    }

    /**
     * One run that the path passes through.
     *
     * @param run the change that began it
     * @param ordinal which of that request's insertions it was
     * @param offset in the run
     */
    record Step(Dot run, int ordinal, int offset) implements Comparable<Step> {
        boolean isOfRun(Step other) {
            return run.equals(other.run) && ordinal == other.ordinal;
        }

        @Override
        public int compareTo(Step other) {
            int byTime = other.run.compareByTime(run);
            if (byTime != 0) {
                return byTime;
            }
            int byOrdinal = Integer.compare(other.ordinal, ordinal);
            return byOrdinal != 0 ? byOrdinal : Integer.compare(offset, other.offset);
        }
    }

    Position within(Dot run, int ordinal) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(new Step(run, ordinal, 0));
        return new Position(longer);
    }

    /** The place that many further on in the same run. */
    Position further(int count) {
        List<Step> moved = new ArrayList<>(path);
        Step last = last();
        moved.set(moved.size() - 1, new Step(last.run(), last.ordinal(), last.offset() + count));
        return new Position(moved);
    }

    Step last() {
        return path.get(path.size() - 1);
    }

    /** Whether {@code other} hangs on this one, or comes later in its run: then nothing can be put right behind it in that run. */
    boolean isFollowedInItsRunBy(Position other) {
        int depth = path.size();
        if (other.path.size() < depth || !other.path.subList(0, depth - 1).equals(path.subList(0, depth - 1))) {
            return false;
        }
        Step same = other.path.get(depth - 1);
        boolean hangsOn = other.path.size() > depth && same.equals(last());
        return hangsOn || (same.isOfRun(last()) && same.offset() > last().offset());
    }

    @Override
    public int compareTo(Position other) {
        int common = Math.min(path.size(), other.path.size());
        for (int i = 0; i < common; i++) {
            int byStep = path.get(i).compareTo(other.path.get(i));
            if (byStep != 0) {
                return byStep;
            }
        }
        return Integer.compare(path.size(), other.path.size());
    }
}
