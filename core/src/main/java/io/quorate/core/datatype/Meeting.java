package io.quorate.core.datatype;

import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import java.util.List;
import java.util.Map;

/** What two states of a value that are being merged have seen. */
final class Meeting {
    private final Context left;
    private final Context right;
    private final Map<Dot, List<Dot>> twins;

    Meeting(Context left, Context right, Journal both) {
        this.left = left;
        this.right = right;
        this.twins = both.twins();
    }

    /** Whether the left side has seen that change, be it under another dot of the same request. */
    boolean leftHasSeen(Dot dot) {
        return hasSeen(left, dot);
    }

    boolean rightHasSeen(Dot dot) {
        return hasSeen(right, dot);
    }

    /** Whether the left side has seen that very dot. */
    boolean leftCovers(Dot dot) {
        return left.covers(dot);
    }

    boolean rightCovers(Dot dot) {
        return right.covers(dot);
    }

    /** The dot that counts of those of one request. */
    Dot canonical(Dot dot) {
        List<Dot> same = twins.get(dot);
        return same == null ? dot : same.get(0);
    }

    private boolean hasSeen(Context context, Dot dot) {
        List<Dot> same = twins.get(dot);
        return same == null ? context.covers(dot) : same.stream().anyMatch(context::covers);
    }
}
