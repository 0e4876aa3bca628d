package io.quorate.coordinator.api;

import io.quorate.core.cluster.Quorum;
import io.quorate.core.version.Context;
import java.util.Optional;

/**
 * How to read. What is empty is the bucket's.
 *
 * @param n replicas to ask: a number or {@code all} (of the members)
 * @param r replies to wait for
 * @param sloppy whether a fallback may answer for an unreachable primary
 * @param atLeast what the answer must reflect: the context of an earlier answer about the key, or empty
 * @param explain whether the answer is to have an {@link Explanation}
 */
public record ReadOptions(
        Optional<Quorum> n,
        Optional<Quorum> r,
        Optional<Boolean> sloppy,
        int timeoutMillis,
        ReadRepair repair,
        Context atLeast,
        boolean explain) {
    public static final ReadOptions DEFAULT = new ReadOptions(
            Optional.empty(), Optional.empty(), Optional.empty(), 2_000, ReadRepair.ASYNC, Context.EMPTY);

    /** Of a read that need not be explained. */
    public ReadOptions(
            Optional<Quorum> n,
            Optional<Quorum> r,
            Optional<Boolean> sloppy,
            int timeoutMillis,
            ReadRepair repair,
            Context atLeast) {
        this(n, r, sloppy, timeoutMillis, repair, atLeast, false);
    }

    public ReadOptions withR(Quorum newR) {
        return new ReadOptions(n, Optional.of(newR), sloppy, timeoutMillis, repair, atLeast, explain);
    }

    /** Whether other nodes may stand in for replicas that cannot be reached; else the bucket says. */
    public ReadOptions withSloppy(boolean newSloppy) {
        return new ReadOptions(n, r, Optional.of(newSloppy), timeoutMillis, repair, atLeast, explain);
    }

    public ReadOptions withTimeoutMillis(int newTimeoutMillis) {
        return new ReadOptions(n, r, sloppy, newTimeoutMillis, repair, atLeast, explain);
    }

    public ReadOptions withRepair(ReadRepair newRepair) {
        return new ReadOptions(n, r, sloppy, timeoutMillis, newRepair, atLeast, explain);
    }

    /** Read your writes, and never backwards: give the context of the last answer, from whatever node it came. */
    public ReadOptions withAtLeast(Context newAtLeast) {
        return new ReadOptions(n, r, sloppy, timeoutMillis, repair, newAtLeast, explain);
    }

    public ReadOptions withExplain(boolean newExplain) {
        return new ReadOptions(n, r, sloppy, timeoutMillis, repair, atLeast, newExplain);
    }
}
