package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.List;

/** Merges another replica's state of a key into this one's. */
final class MergeHandler {
    private final KeyStates states;
    private final Turns turns;
    private final HybridClock clock;
    private final Identity identity;
    private final ClusterView cluster;

    MergeHandler(KeyStates states, Turns turns, HybridClock clock, Identity identity, ClusterView cluster) {
        this.cluster = cluster;
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
        Siblings merged = held.siblings().isEmpty() ? incoming : held.siblings().merge(incoming);
        if (merged.equals(held.siblings())) {
            states.owe(merge.key(), merge.owedTo(), outcome -> reply.send(Refusals.answerTo(outcome)));
            return;
        }
        List<String> owedTo = merge.owedTo().isEmpty() ? strayOf(merge.key(), merged) : merge.owedTo();
        Bytes encoded = merged.equals(incoming) ? merge.siblings() : SiblingsCodec.encode(merged);
        KeyStates.Held next = new KeyStates.Held(merged, encoded, false);
        states.save(merge.key(), held, next, owedTo, outcome -> reply.send(Refusals.answerTo(outcome)));
    }

    /** A key that strayed here, because somebody did not know yet who keeps it now, is passed on. */
    private List<String> strayOf(Key key, Siblings merged) {
        Ring ring = cluster.ring();
        int partition = ring.partitionOf(key);
        String self = cluster.self().orElseThrow();
        return ring.keeps(self, partition, merged.n())
                ? List.of()
                : ring.preference(partition).stream().limit(1).toList();
    }
}
