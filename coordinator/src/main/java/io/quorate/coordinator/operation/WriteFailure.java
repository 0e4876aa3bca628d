package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.Failure.WriteOutcome;
import io.quorate.core.message.Refused.Reason;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Decides what a writer is told when w was not reached. */
final class WriteFailure {
    private static final List<Reason> REFUSALS =
            List.of(Reason.WRONG_TYPE, Reason.UNKNOWN_ELEMENT, Reason.OUT_OF_RANGE, Reason.TOO_LARGE);

    private WriteFailure() {}

    static Failure of(Write write, Tally tally, boolean unknown) {
        SortedMap<String, String> failures = tally.failures(Reasons.TIMEOUT);
        if (!unknown) {
            // Nobody has the write, so what the replicas said of it is the whole story.
            if (failures.containsValue(label(Reason.TOO_MANY_SIBLINGS))) {
                return new Failure.TooManySiblings(
                        "the key has too many unreconciled versions: read it, and write with the context of that answer");
            }
            if (failures.containsValue(label(Reason.CLOCK_DRIFT))) {
                return new Failure.ContextAhead(
                        "the context names a time ahead of the cluster's clocks: set the clocks right, or write without it");
            }
            for (Reason reason : REFUSALS) {
                if (failures.containsValue(label(reason))) {
                    return refusal(reason);
                }
            }
            if (failures.containsValue(label(Reason.OVERLOADED))) {
                return new Failure.Overloaded(
                        "the replicas' queues are full and nothing was written: retry after a pause");
            }
        }
        return notReached(write.quota(), tally, failures, unknown);
    }

    private static Failure refusal(Reason reason) {
        return switch (reason) {
            case UNKNOWN_ELEMENT ->
                new Failure.UnknownElement(
                        "the list has no such element (any more): read it, and name one that it has");
            case OUT_OF_RANGE ->
                new Failure.OutOfRange("the counter would leave the range of 64 bits: use another key");
            case TOO_LARGE ->
                new Failure.ValueTooLarge("the value would take more than a value may: spread it over several keys");
            default ->
                new Failure.WrongType(
                        "the key holds a value of another kind: change a data type by its own operations with PATCH;"
                                + " to replace it, DELETE or PUT with the context of a GET");
        };
    }

    private static Failure notReached(Quota quota, Tally tally, SortedMap<String, String> failures, boolean unknown) {
        String message = String.format(
                "%s needs %d durable acknowledgements%s and got %d (%s); %s",
                quota.label("w"),
                quota.needed(),
                quota.local() ? " of this zone" : "",
                tally.counted(),
                Reasons.list(failures),
                unknown
                        ? "a replica may hold the write: read before you decide, or repeat it with the same Idempotency-Key"
                        : "nothing was written: lower w, allow sloppy=true, or retry when the nodes are back");
        return tally.notReached(quota, message, unknown ? WriteOutcome.UNKNOWN : WriteOutcome.NONE);
    }

    private static String label(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
