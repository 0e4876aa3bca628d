package io.quorate.coordinator.api;

import java.util.List;
import java.util.SortedMap;

/** Why a request was not done, named by what the caller may do next. */
public sealed interface Failure {
    /** One sentence that says what to do. */
    String message();

    /** The numbers do not fit: r or w above n, or n above the members. Correct the request. */
    record InvalidQuorum(String message) implements Failure {}

    /**
     * Fewer than r or w nodes answered in time. Retry; a write with the same idempotency key is safe to repeat.
     *
     * @param acks nodes that did
     * @param failures node id → why it did not
     * @param outcome what became of the write; {@link WriteOutcome#NONE} for reads
     */
    record QuorumNotReached(
            String message,
            int n,
            int needed,
            List<Acknowledgement> acks,
            SortedMap<String, String> failures,
            WriteOutcome outcome)
            implements Failure {}

    /** Nobody that replied in time knew what the read was to reflect at least. Nothing stale is given: retry, or wait longer. */
    record AtLeastNotReached(String message) implements Failure {}

    /** The node sheds load. Nothing was written; retry after a pause. */
    record Overloaded(String message) implements Failure {}

    /** The key has too many unreconciled versions. Nothing was written: read, then write with that context. */
    record TooManySiblings(String message) implements Failure {}

    /** The context's times are further ahead of the cluster's clocks than they may be. Nothing was written. */
    record ContextAhead(String message) implements Failure {}

    /** What may have become of a write that was not acknowledged. */
    enum WriteOutcome {
        /** Surely no replica has it. */
        NONE,
        /** At least one replica may have it. */
        UNKNOWN
    }
}
