package io.quorate.node.replica;

import io.quorate.coordinator.conflict.Lineage;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.datatype.KeyContent;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Receipt;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.Optional;

/** Mints the dot of a client's write, after reading this replica's own latest state of the key. */
final class StampHandler {
    /** Beyond this a client's write is refused; merges from replicas never are, or the key could not be repaired (riak_kv #1156). */
    static final int SIBLINGS_MAX = 100;

    private final KeyStates states;
    private final Turns turns;
    private final HybridClock clock;
    private final Identity identity;

    StampHandler(KeyStates states, Turns turns, HybridClock clock, Identity identity) {
        this.states = states;
        this.turns = turns;
        this.clock = clock;
        this.identity = identity;
    }

    void handle(Stamp stamp, Responder reply) {
        if (clock.isTooFarAhead(stamp.seen().latest())) {
            reply.send(Refusals.AHEAD);
            return;
        }
        boolean accepted = turns.begin(
                stamp.key(),
                () -> states.load(stamp.key(), held -> {
                    stampOnto(held, stamp, reply);
                    turns.end(stamp.key());
                }));
        if (!accepted) {
            reply.send(Refusals.BUSY);
        }
    }

    private void stampOnto(KeyStates.Held held, Stamp stamp, Responder reply) {
        Siblings state = held.siblings();
        Optional<Dot> before = state.dotOf(stamp.request());
        if (before.isPresent()) {
            // A retry of a write that is here already: it is answered like the first time, and changes nothing.
            reply.send(new Stamped(
                    before.get(), SiblingsCodec.encode(state), state.distinct().size()));
            states.owe(stamp.key(), stamp.owedTo(), outcome -> reply.send(Refusals.answerTo(outcome)));
            return;
        }
        observe(state, stamp);
        Context seen = seenBy(stamp, state);
        Optional<Refused> refusal = refusal(state, stamp, seen);
        if (refusal.isPresent()) {
            reply.send(refusal.get());
        } else {
            mint(held, stamp, seen).save(states, held, identity, reply);
        }
    }

    /** Takes note of what the write follows, before its dot is minted. */
    void observe(Siblings state, Stamp stamp) {
        identity.remember(state.context());
        identity.remember(stamp.seen());
        clock.observe(Math.max(state.context().latest(), stamp.seen().latest()));
    }

    /** Why this replica cannot mint a dot for a write that has {@code seen} so much, if it cannot. */
    Optional<Refused> refusal(Siblings state, Stamp stamp, Context seen) {
        int beside = 0;
        for (Sibling version : state.versions()) {
            if (seen.covers(version.dot())) {
                continue;
            }
            if (stamp.value().isPresent() && KeyContent.isTyped(version)) {
                return Optional.of(Refusals.WRONG_TYPE);
            }
            beside++;
        }
        return beside >= SIBLINGS_MAX ? Optional.of(Refusals.FULL) : Optional.empty();
    }

    /**
     * What this write replaces here. A delete of a typed value means all of it that is here, whatever its client had read; and what
     * has expired is nothing that a client would have to read before it writes.
     */
    Context seenBy(Stamp stamp, Siblings state) {
        Context seen = stamp.conflict().seenBy(identity.actor().node(), stamp.seen(), state);
        boolean delete = stamp.value().isEmpty();
        for (Sibling version : state.versions()) {
            boolean replaced = version.isExpired() || (delete && KeyContent.isTyped(version));
            seen = replaced ? seen.withDot(version.dot()) : seen;
        }
        return seen;
    }

    /** The write under a dot of its own, later than all that was observed, in place of what it has seen; not saved yet. */
    Minted mint(KeyStates.Held held, Stamp stamp, Context seen) {
        Siblings state = held.siblings();
        Dot dot = identity.mint();
        Sibling written = Minted.version(dot, stamp.request(), stamp.value(), stamp.ttlMillis());
        if (stamp.conflict().policy() == ConflictPolicy.THREE_WAY && written.isPermanent()) {
            written = written.withAncestors(Lineage.of(state, stamp.seen()));
        }
        Siblings stamped = state.stamp(seen, written, stamp.n());
        Siblings next = stamp.idempotent() ? stamped.withReceipt(new Receipt(stamp.request(), dot)) : stamped;
        KeyStates.Held after = KeyStates.Held.of(next);
        return new Minted(stamp.key(), dot, after, next.distinct().size(), stamp.owedTo());
    }
}
