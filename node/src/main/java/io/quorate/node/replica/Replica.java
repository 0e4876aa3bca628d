package io.quorate.node.replica;

import io.quorate.core.Key;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.ListKeys;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.Owe;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Transport;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.time.HybridClock;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;

/** One shard's replica: hands each request to its handler. */
public final class Replica {
    private final StampHandler stamps;
    private final MergeHandler merges;
    private final FetchHandler fetches;
    private final ListHandler lists;

    private final Parts parts;

    public Replica(Surroundings surroundings, HybridClock clock, Identity identity, int waitingMax) {
        Storage storage = surroundings.storage();
        KeyStates states = new KeyStates(storage, identity);
        Turns turns = new Turns(waitingMax);
        parts = new Parts(states, turns, surroundings);
        stamps = new StampHandler(states, turns, clock, identity);
        merges = new MergeHandler(states, turns, clock, identity);
        fetches = new FetchHandler(states);
        lists = new ListHandler(storage, surroundings.cluster().ring());
    }

    /** What a replica works with. */
    public record Surroundings(Storage storage, Transport transport, Scheduler scheduler, ClusterView cluster) {}

    /** What the replica shares with its handoff, so that both take turns on a key. */
    record Parts(KeyStates states, Turns turns, Surroundings surroundings) {}

    /**
     * The delivery of what this replica owes.
     *
     * @param own whether a key belongs to this shard
     * @param onCounted hears how many debts to a member are left
     */
    public Handoff handoff(Predicate<Key> own, ObjIntConsumer<String> onCounted) {
        return new Handoff(parts, own, onCounted);
    }

    public void handle(ReplicaRequest request, Responder reply) {
        if (request instanceof Fetch fetch) {
            fetches.handle(fetch, reply);
        } else if (request instanceof Merge merge) {
            merges.handle(merge, reply);
        } else if (request instanceof Stamp stamp) {
            stamps.handle(stamp, reply);
        } else if (request instanceof Owe owe) {
            parts.states().owe(owe.key(), owe.targets(), outcome -> reply.send(Refusals.answerTo(outcome)));
        } else if (request instanceof ListKeys list) {
            lists.handle(list, reply);
        }
    }
}
