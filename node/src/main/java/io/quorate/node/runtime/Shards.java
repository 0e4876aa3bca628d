package io.quorate.node.runtime;

import io.quorate.antientropy.PeerProgress;
import io.quorate.core.message.ClusterReply.Owed;
import io.quorate.core.message.ClusterRequest.AskOwed;
import io.quorate.core.message.ExchangeReply.TreesDiffer;
import io.quorate.core.message.ExchangeRequest;
import io.quorate.core.message.ExchangeRequest.AskReaping;
import io.quorate.core.message.ExchangeRequest.CompareNodes;
import io.quorate.core.message.ExchangeRequest.CompareRoots;
import io.quorate.core.message.ExchangeRequest.FetchState;
import io.quorate.core.message.ExchangeRequest.ListEntries;
import io.quorate.core.message.ExchangeRequest.Reap;
import io.quorate.core.message.ExchangeRequest.Release;
import io.quorate.core.message.ExchangeRequest.TreeRoot;
import io.quorate.core.message.ExchangeRequest.Vouch;
import io.quorate.core.message.Fenced;
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
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.message.TreeId;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.ring.Ring;
import io.quorate.node.shard.NodeShard;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** All shards of the node, and which of them a request belongs to: one, or each with its part. */
public final class Shards {
    private final Ring ring;
    private final List<ShardLoop> loops;

    public Shards(Ring ring, List<ShardLoop> loops) {
        this.ring = ring;
        this.loops = List.copyOf(loops);
    }

    public List<ShardLoop> all() {
        return loops;
    }

    /** The shard that speaks for the whole node. */
    public ShardLoop first() {
        return loops.get(0);
    }

    /** How far anti-entropy of the whole node is with each peer; {@code asking} hears it. */
    void progress(ShardLoop asking, Consumer<List<PeerProgress>> done) {
        ask(asking, shard -> shard.antiEntropy().progress(), answers -> {
            SortedMap<String, PeerProgress> byPeer = new TreeMap<>();
            answers.forEach(
                    shard -> shard.forEach(progress -> byPeer.merge(progress.peer(), progress, PeerProgress::plus)));
            done.accept(List.copyOf(byPeer.values()));
        });
    }

    /** Asks every shard, each on its own loop, and brings the answers back to {@code asking}, in the order of the shards. */
    private <T> void ask(ShardLoop asking, Function<NodeShard, T> question, Consumer<List<T>> done) {
        List<T> answers = new ArrayList<>();
        ask(asking, question, 0, answers, done);
    }

    private <T> void ask(
            ShardLoop asking, Function<NodeShard, T> question, int index, List<T> answers, Consumer<List<T>> done) {
        if (index == loops.size()) {
            done.accept(answers);
            return;
        }
        ShardLoop loop = loops.get(index);
        loop.execute(() -> {
            T answer = question.apply(loop.shard());
            asking.execute(() -> {
                answers.add(answer);
                ask(asking, question, index + 1, answers, done);
            });
        });
    }

    /** Hands a request that {@code asking} took in to whom it belongs, and brings the replies back to it. */
    void handle(ShardLoop asking, String from, Request request, Responder reply) {
        if (request instanceof AskOwed) {
            Gathering gathering = new Gathering(loops.size(), Shards::sum, reply);
            loops.forEach(loop -> loop.handle(asking, from, request, gathering::add));
        } else if (request instanceof CompareRoots compare) {
            SortedMap<Integer, CompareRoots> parts = byShard(compare);
            Gathering gathering = new Gathering(parts.size(), Shards::union, reply);
            parts.forEach((index, part) -> loops.get(index).handle(asking, from, part, gathering::add));
        } else {
            of(request).handle(asking, from, request, reply);
        }
    }

    private ShardLoop of(Request request) {
        if (request instanceof Fenced fenced) {
            return ofPartition(partitionOf(fenced.request()));
        } else if (request instanceof ReplicaRequest replica) {
            return ofPartition(partitionOf(replica));
        } else if (request instanceof ExchangeRequest exchange) {
            return ofPartition(partitionOf(exchange));
        }
        return first();
    }

    private ShardLoop ofPartition(int partition) {
        return loops.get(partition % loops.size());
    }

    private int partitionOf(ReplicaRequest request) {
        if (request instanceof Fetch fetch) {
            return ring.partitionOf(fetch.key());
        } else if (request instanceof Merge merge) {
            return ring.partitionOf(merge.key());
        } else if (request instanceof Stamp stamp) {
            return ring.partitionOf(stamp.key());
        } else if (request instanceof Patch patch) {
            return ring.partitionOf(patch.key());
        } else if (request instanceof Owe owe) {
            return ring.partitionOf(owe.key());
        } else if (request instanceof StampAll all) {
            return ring.partitionOf(all.stamps().get(0).key());
        } else if (request instanceof MergeAll all) {
            return ring.partitionOf(all.merges().get(0).key());
        } else if (request instanceof FetchGroup fetch) {
            return ring.partitionOf(fetch.group().key());
        }
        return ((ListKeys) request).partition();
    }

    private int partitionOf(ExchangeRequest request) {
        if (request instanceof CompareNodes compare) {
            return compare.tree().partition();
        } else if (request instanceof ListEntries list) {
            return list.tree().partition();
        } else if (request instanceof Vouch vouch) {
            return vouch.partition();
        } else if (request instanceof Reap reap) {
            return reap.partition();
        } else if (request instanceof FetchState fetch) {
            return ring.partitionOf(fetch.key());
        } else if (request instanceof AskReaping ask) {
            return ask.partition();
        }
        return ((Release) request).tree().partition();
    }

    /** One part where both nodes have as many shards. */
    private SortedMap<Integer, CompareRoots> byShard(CompareRoots whole) {
        SortedMap<Integer, CompareRoots> parts = new TreeMap<>();
        for (TreeRoot root : whole.roots()) {
            part(parts, root.tree().partition(), whole.ring()).roots().add(root);
        }
        for (int partition : whole.empty()) {
            part(parts, partition, whole.ring()).empty().add(partition);
        }
        return parts;
    }

    private CompareRoots part(SortedMap<Integer, CompareRoots> parts, int partition, long ring) {
        return parts.computeIfAbsent(
                partition % loops.size(), shard -> new CompareRoots(ring, new ArrayList<>(), new ArrayList<>()));
    }

    private static Reply union(List<Reply> replies) {
        List<TreeId> trees = new ArrayList<>();
        for (Reply reply : replies) {
            if (!(reply instanceof TreesDiffer differ)) {
                return reply;
            }
            trees.addAll(differ.trees());
        }
        return new TreesDiffer(trees);
    }

    private static Reply sum(List<Reply> replies) {
        SortedMap<String, Long> debts = new TreeMap<>();
        for (Reply reply : replies) {
            if (!(reply instanceof Owed owed)) {
                return reply;
            }
            owed.debts().forEach((member, count) -> debts.merge(member, count, Long::sum));
        }
        return new Owed(debts);
    }
}
