package io.quorate.node.replica;

import io.quorate.core.Key;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaReply.StampedAll;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.ReplicaRequest.StampAll;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Siblings;
import io.quorate.node.replica.KeyStates.Held;
import io.quorate.node.replica.KeyStates.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mints the dots of several writes of one group, and saves them as one batch: all of them are here, or none. */
final class StampAllHandler {
    private final KeyStates states;
    private final Turns turns;
    private final HybridClock clock;
    private final Identity identity;
    private final StampHandler each;

    StampAllHandler(KeyStates states, Turns turns, HybridClock clock, Identity identity, StampHandler each) {
        this.states = states;
        this.turns = turns;
        this.clock = clock;
        this.identity = identity;
        this.each = each;
    }

    void handle(StampAll request, Responder reply) {
        List<Stamp> stamps = request.stamps();
        if (stamps.stream().anyMatch(stamp -> clock.isTooFarAhead(stamp.seen().latest()))) {
            reply.send(Refusals.AHEAD);
            return;
        }
        List<Key> keys = stamps.stream().map(Stamp::key).toList();
        turns.beginAll(
                keys.stream().sorted().toList(),
                () -> states.loadAll(keys, held -> {
                    stampOnto(held, stamps, reply);
                    keys.forEach(turns::end);
                }),
                () -> reply.send(Refusals.BUSY));
    }

    private void stampOnto(List<Held> held, List<Stamp> stamps, Responder reply) {
        Optional<Refused> refusal = Optional.empty();
        for (int i = 0; i < stamps.size() && refusal.isEmpty(); i++) {
            Siblings state = held.get(i).siblings();
            each.observe(state, stamps.get(i));
            boolean isHere = state.dotOf(stamps.get(i).request()).isPresent();
            refusal = isHere ? Optional.empty() : each.refusal(state, stamps.get(i), each.seenBy(stamps.get(i), state));
        }
        if (refusal.isPresent()) {
            reply.send(refusal.get());
        } else {
            write(held, stamps, reply);
        }
    }

    private void write(List<Held> held, List<Stamp> stamps, Responder reply) {
        List<Stamped> stamped = new ArrayList<>(stamps.size());
        List<Replacement> replacements = new ArrayList<>(stamps.size());
        for (int i = 0; i < stamps.size(); i++) {
            Minted minted = minted(held.get(i), stamps.get(i));
            stamped.add(new Stamped(minted.dot(), minted.next().encoded(), minted.versions()));
            replacements.add(new Replacement(minted.key(), held.get(i), minted.next()));
        }
        Minted.Exposure exposure = new Minted.Exposure();
        states.saveAll(replacements, stamps.get(0).owedTo(), outcome -> {
            if (outcome != Outcome.DURABLE) {
                exposure.onForgotten(identity);
            }
            reply.send(Refusals.answerTo(outcome));
        });
        if (exposure.expose()) {
            reply.send(new StampedAll(stamped));
        }
    }

    /** A write that is here already, as a retry finds it, keeps its dot, and its state is saved again as it is. */
    private Minted minted(Held held, Stamp stamp) {
        Optional<Dot> before = held.siblings().dotOf(stamp.request());
        return before.isEmpty()
                ? each.mint(held, stamp, each.seenBy(stamp, held.siblings()))
                : new Minted(
                        stamp.key(),
                        before.get(),
                        held,
                        held.siblings().distinct().size(),
                        stamp.owedTo());
    }
}
