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

    /** The key holds a plain value where a data type is to be changed, another data type, or the reverse. Nothing was written. */
    record WrongType(String message) implements Failure {}

    /** The list has no element of the id that was named. Nothing was written: read it again. */
    record UnknownElement(String message) implements Failure {}

    /** The counter would leave the range of 64 bits. Nothing was written. */
    record OutOfRange(String message) implements Failure {}

    /** The value would be larger than any may be. Nothing was written. */
    record ValueTooLarge(String message) implements Failure {}

    /** The session follows as many keys as it may. Nothing was asked: forget some, or begin another session. */
    record SessionFull(String message) implements Failure {}

    /** The group has more keys or bytes than one answer may. Read its keys one by one. */
    record GroupTooLarge(String message) implements Failure {}

    /** The group went on changing for as long as it was read. Retry, or wait longer. */
    record GroupUnsettled(String message) implements Failure {}

    /** What may have become of a write that was not acknowledged. */
    enum WriteOutcome {
        /** Surely no replica has it. */
        NONE,
        /** At least one replica may have it. */
        UNKNOWN
    }
}
