package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;

/** Merges another replica's state of a key into this one's. */
final class MergeHandler {
    private final KeyStates states;
    private final Turns turns;
    private final HybridClock clock;
    private final Identity identity;

    MergeHandler(KeyStates states, Turns turns, HybridClock clock, Identity identity) {
        this.states = states;
        this.turns = turns;
        this.clock = clock;
        this.identity = identity;
    }

    void handle(Merge merge, Responder reply) {
        Siblings incoming;
        try {
            incoming = SiblingsCodec.decode(merge.siblings());
        } catch (MalformedException e) {
            reply.send(Refusals.MALFORMED);
            return;
        }
        if (clock.isTooFarAhead(incoming.context().latest())) {
            reply.send(Refusals.AHEAD);
            return;
        }
        boolean accepted = turns.begin(
                merge.key(),
                () -> states.load(merge.key(), held -> {
                    mergeInto(held, incoming, merge, reply);
                    turns.end(merge.key());
                }));
        if (!accepted) {
            reply.send(Refusals.BUSY);
        }
    }

    private void mergeInto(KeyStates.Held held, Siblings incoming, Merge merge, Responder reply) {
        identity.remember(incoming.context());
        clock.observe(incoming.context().latest());
        Siblings merged = states.merged(merge.key(), held, incoming, merge.siblings());
        if (merged.equals(held.stored())) {
            states.owe(merge.key(), merge.owedTo(), outcome -> reply.send(Refusals.answerTo(outcome)));
            return;
        }
        Bytes encoded = merged.equals(incoming) ? merge.siblings() : SiblingsCodec.encode(merged);
        KeyStates.Held next = KeyStates.Held.of(merged, encoded);
        states.save(merge.key(), held, next, merge.owedTo(), outcome -> reply.send(Refusals.answerTo(outcome)));
    }
}
