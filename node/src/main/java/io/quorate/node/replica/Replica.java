package io.quorate.node.replica;

import io.quorate.antientropy.KeyTrees;
import io.quorate.antientropy.Pace;
import io.quorate.antientropy.PeerCalls;
import io.quorate.antientropy.ReplicaKeys;
import io.quorate.core.Bytes;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.FetchGroup;
import io.quorate.core.message.ReplicaRequest.ListKeys;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.MergeAll;
import io.quorate.core.message.ReplicaRequest.Owe;
import io.quorate.core.message.ReplicaRequest.Patch;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.ReplicaRequest.StampAll;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Transport;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.time.HybridClock;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ObjLongConsumer;

/** One shard's replica: hands each request to its handler. */
public final class Replica {
    private final StampHandler stamps;
    private final PatchHandler patches;
    private final MergeHandler merges;
    private final FetchHandler fetches;
    private final ListHandler lists;
    private final StampAllHandler groupStamps;
    private final MergeAllHandler groupMerges;
    private final FetchGroupHandler groupFetches;

    private final Parts parts;
    private final HybridClock clock;

    public Replica(Surroundings surroundings, KeyTrees trees, HybridClock clock, Identity identity, Limits limits) {
        Storage storage = surroundings.storage();
        DebtBook debts = new DebtBook(surroundings.cluster(), clock, limits.debtsMax());
        KeyStates states = new KeyStates(surroundings, clock, identity, trees, debts);
        Turns turns = new Turns(limits.waitingMax());
        parts = new Parts(states, trees, debts, turns, surroundings);
        stamps = new StampHandler(states, turns, clock, identity);
        patches = new PatchHandler(states, turns, clock, identity);
        merges = new MergeHandler(states, turns, clock, identity);
        fetches = new FetchHandler(states);
        lists = new ListHandler(states, storage, surroundings.cluster().ring());
        this.clock = clock;
        groupStamps = new StampAllHandler(states, turns, clock, identity, stamps);
        groupMerges = new MergeAllHandler(states, turns, clock, identity);
        groupFetches = new FetchGroupHandler(storage, states);
    }

    /** What a replica works with. */
    public record Surroundings(Storage storage, Transport transport, Scheduler scheduler, ClusterView cluster) {
        PeerCalls peer(String id) {
            return new PeerCalls(scheduler, transport, id);
        }
    }

    /**
     * What a replica holds at most.
     *
     * @param waitingMax requests that wait for the turn of a key
     * @param debtsMax keys listed as owed to one member; beyond it whole partitions are
     */
    public record Limits(int waitingMax, long debtsMax) {}

    /** What the replica shares with its handoff and the keeper of its trees: both take turns with it on a key. */
    record Parts(KeyStates states, KeyTrees trees, DebtBook debts, Turns turns, Surroundings surroundings) {}

    /** The stored keys, as anti-entropy sees and repairs them. */
    public ReplicaKeys keys() {
        return new StoredKeys(parts, merges);
    }

    /** Up to what time the partitions were reaped. */
    public Horizons horizons() {
        return new Horizons(parts.surroundings().storage());
    }

    /**
     * What the shard does before it serves.
     *
     * @param own whether a partition belongs to this shard
     * @param patienceMillis how long to wait for peers that do not answer
     * @param done runs when the shard may serve
     */
    public Rejoin rejoin(IntPredicate own, List<String> peers, int patienceMillis, Runnable done) {
        return new Rejoin(parts, horizons(), own, peers, patienceMillis, done);
    }

    /** What brings the trees through a restart, in a record of that key. */
    public TreeKeeper treeKeeper(Bytes record) {
        return new TreeKeeper(parts, keys(), record);
    }

    /** What brings what this replica keeps no longer to those that keep it now. */
    public Handover handover() {
        return new Handover(parts);
    }

    /** What turns the values whose time has run out into tombstones. */
    public Expiries expiries(IntPredicate own) {
        return new Expiries(parts, clock, own);
    }

    /**
     * The delivery of what this replica owes.
     *
     * @param own whether a partition belongs to this shard
     * @param onLeft hears, now and then, how many debts of this shard to a member are left
     */
    public Handoff handoff(Pace pace, IntPredicate own, ObjLongConsumer<String> onLeft) {
        return new Handoff(parts, pace, own, onLeft);
    }

    public void handle(ReplicaRequest request, Responder reply) {
        if (request instanceof Fetch fetch) {
            fetches.handle(fetch, reply);
        } else if (request instanceof Merge merge) {
            merges.handle(merge, reply);
        } else if (request instanceof Stamp stamp) {
            stamps.handle(stamp, reply);
        } else if (request instanceof Patch patch) {
            patches.handle(patch, reply);
        } else if (request instanceof Owe owe) {
            parts.states().owe(owe.key(), owe.targets(), outcome -> reply.send(Refusals.answerTo(outcome)));
        } else if (request instanceof ListKeys list) {
            lists.handle(list, reply);
        } else if (request instanceof StampAll all) {
            groupStamps.handle(all, reply);
        } else if (request instanceof MergeAll all) {
            groupMerges.handle(all, reply);
        } else if (request instanceof FetchGroup fetch) {
            groupFetches.handle(fetch, reply);
        }
    }
}
