package io.quorate.node.replica;

import io.quorate.core.datatype.RejectedException;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.Reply;
import io.quorate.core.port.Storage.Outcome;

/** The refusals a replica gives, and when it gives one. */
final class Refusals {
    static final Refused BUSY = new Refused(Reason.OVERLOADED, "too many requests wait for one key");
    static final Refused AHEAD = new Refused(Reason.CLOCK_DRIFT, "a stamp is too far ahead of this node's clock");
    static final Refused FULL = new Refused(Reason.TOO_MANY_SIBLINGS, "the key has too many unreconciled versions");
    static final Refused DAMAGED = new Refused(Reason.DAMAGED, "the record failed its checksum");
    static final Refused MALFORMED = new Refused(Reason.MALFORMED, "the state sent cannot be read");

    static final Refused WRONG_TYPE = new Refused(Reason.WRONG_TYPE, "the key holds a value of another kind");
    static final Refused CHANGING = new Refused(Reason.OVERLOADED, "the group changes faster than it can be read");
    static final Refused GROUP_TOO_LARGE =
            new Refused(Reason.GROUP_TOO_LARGE, "the group has more keys or bytes than one answer may");
    static final Refused TOO_LARGE = new Refused(Reason.TOO_LARGE, "the value would be too large");

    private Refusals() {}

    static Refused of(RejectedException rejected) {
        Reason reason = switch (rejected.reason()) {
            case WRONG_TYPE -> Reason.WRONG_TYPE;
            case UNKNOWN_ELEMENT -> Reason.UNKNOWN_ELEMENT;
            case OUT_OF_RANGE -> Reason.OUT_OF_RANGE;
        };
        return new Refused(reason, rejected.getMessage());
    }

    /** What a writer is told of how storage took its write. */
    static Reply answerTo(Outcome outcome) {
        return switch (outcome) {
            case DURABLE -> new Durable();
            case READ_ONLY -> new Refused(Reason.READ_ONLY, "the disk is full");
            case OVERLOADED -> new Refused(Reason.OVERLOADED, "too many writes wait for the disk");
            case FAILED -> new Refused(Reason.STORAGE_FAILED, "the disk failed");
        };
    }
}
