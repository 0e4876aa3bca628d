package io.quorate.node.replica;

import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.ListKeys;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Storage;
import io.quorate.core.ring.Ring;
import io.quorate.core.time.HybridClock;

/** One shard's replica: hands each request to its handler. */
public final class Replica {
    private final StampHandler stamps;
    private final MergeHandler merges;
    private final FetchHandler fetches;
    private final ListHandler lists;

    public Replica(Storage storage, Ring ring, HybridClock clock, Identity identity, int waitingMax) {
        KeyStates states = new KeyStates(storage, identity);
        Turns turns = new Turns(waitingMax);
        stamps = new StampHandler(states, turns, clock, identity);
        merges = new MergeHandler(states, turns, clock, identity);
        fetches = new FetchHandler(states);
        lists = new ListHandler(storage, ring);
    }

    public void handle(ReplicaRequest request, Responder reply) {
        if (request instanceof Fetch fetch) {
            fetches.handle(fetch, reply);
        } else if (request instanceof Merge merge) {
            merges.handle(merge, reply);
        } else if (request instanceof Stamp stamp) {
            stamps.handle(stamp, reply);
        } else if (request instanceof ListKeys list) {
            lists.handle(list, reply);
        }
    }
}
