package io.quorate.node.http;

import io.quorate.coordinator.api.Acknowledgement;
import io.quorate.coordinator.api.Failure;
import io.quorate.node.http.json.JsonOut;
import io.quorate.node.http.request.Problem;
import java.util.List;
import java.util.Locale;

/** The answers that a coordinator's failures become. */
final class Failures {
    private Failures() {}

    /**
     * The answer to a request that failed.
     *
     * @param write whether the client needs to know what became of its write
     */
    static Problem problem(Failure failure, boolean write) {
        if (failure instanceof Failure.QuorumNotReached notReached) {
            return notReached(notReached, write);
        }
        if (failure instanceof Failure.InvalidQuorum) {
            return Problem.invalidQuorum(failure.message());
        }
        if (failure instanceof Failure.Overloaded) {
            return Problem.overloaded(failure.message());
        }
        if (failure instanceof Failure.AtLeastNotReached) {
            return new Problem(504, "at_least_not_reached", failure.message());
        }
        if (failure instanceof Failure.TooManySiblings) {
            return new Problem(409, "too_many_siblings", failure.message());
        }
        if (failure instanceof Failure.WrongType) {
            return new Problem(409, "wrong_type", failure.message());
        }
        if (failure instanceof Failure.UnknownElement) {
            return new Problem(409, "unknown_element", failure.message());
        }
        if (failure instanceof Failure.OutOfRange) {
            return new Problem(409, "out_of_range", failure.message());
        }
        if (failure instanceof Failure.ValueTooLarge) {
            return new Problem(413, "value_too_large", failure.message());
        }
        if (failure instanceof Failure.GroupTooLarge) {
            return new Problem(413, "group_too_large", failure.message());
        }
        if (failure instanceof Failure.GroupUnsettled) {
            return new Problem(503, "group_unsettled", failure.message());
        }
        return Problem.invalidContext(failure.message());
    }

    static void acks(JsonOut json, List<Acknowledgement> acks) {
        json.name("acks").array();
        for (Acknowledgement ack : acks) {
            json.object().field("node", ack.node());
            ack.hintFor().ifPresent(owner -> json.field("hint_for", owner));
            json.endObject();
        }
        json.endArray();
    }

    private static Problem notReached(Failure.QuorumNotReached failure, boolean write) {
        return new Problem(503, "quorum_not_reached", failure.message(), json -> {
            json.field("n", failure.n()).field("needed", failure.needed());
            acks(json, failure.acks());
            json.name("failures").object();
            failure.failures().forEach(json::field);
            json.endObject();
            if (write) {
                json.field("outcome", failure.outcome().name().toLowerCase(Locale.ROOT));
            }
        });
    }
}
