package io.quorate.node.replica;

import io.quorate.core.Key;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.MergeAll;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import io.quorate.node.replica.KeyStates.Held;
import io.quorate.node.replica.KeyStates.Replacement;
import java.util.ArrayList;
import java.util.List;

/** Merges another replica's states of several keys of a group into this one's: all of them, or none. */
final class MergeAllHandler {
    private final KeyStates states;
    private final Turns turns;
    private final HybridClock clock;
    private final Identity identity;

    MergeAllHandler(KeyStates states, Turns turns, HybridClock clock, Identity identity) {
        this.states = states;
        this.turns = turns;
        this.clock = clock;
        this.identity = identity;
    }

    void handle(MergeAll request, Responder reply) {
        List<Siblings> incoming = new ArrayList<>();
        try {
            request.merges().forEach(merge -> incoming.add(SiblingsCodec.decode(merge.siblings())));
        } catch (MalformedException e) {
            reply.send(Refusals.MALFORMED);
            return;
        }
        if (incoming.stream()
                .anyMatch(state -> clock.isTooFarAhead(state.context().latest()))) {
            reply.send(Refusals.AHEAD);
            return;
        }
        List<Key> keys = request.merges().stream().map(Merge::key).toList();
        turns.beginAll(
                keys.stream().sorted().toList(),
                () -> states.loadAll(keys, held -> {
                    mergeInto(held, incoming, request.merges(), reply);
                    keys.forEach(turns::end);
                }),
                () -> reply.send(Refusals.BUSY));
    }

    /** A state that brings nothing new is saved again as it is, so that what is owed of it goes with the rest. */
    private void mergeInto(List<Held> held, List<Siblings> incoming, List<Merge> merges, Responder reply) {
        List<Replacement> replacements = new ArrayList<>(merges.size());
        for (int i = 0; i < merges.size(); i++) {
            Held before = held.get(i);
            identity.remember(incoming.get(i).context());
            clock.observe(incoming.get(i).context().latest());
            Merge merge = merges.get(i);
            Siblings merged = states.merged(merge.key(), before, incoming.get(i), merge.siblings());
            Held next = merged.equals(before.stored()) ? before : Held.of(merged);
            replacements.add(new Replacement(merge.key(), before, next));
        }
        states.saveAll(replacements, merges.get(0).owedTo(), outcome -> reply.send(Refusals.answerTo(outcome)));
    }
}
