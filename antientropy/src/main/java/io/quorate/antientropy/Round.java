package io.quorate.antientropy;

import io.quorate.core.message.ExchangeReply.NodesDiffer;
import io.quorate.core.message.ExchangeReply.TreesDiffer;
import io.quorate.core.message.ExchangeRequest.CompareNodes;
import io.quorate.core.message.ExchangeRequest.CompareRoots;
import io.quorate.core.message.ExchangeRequest.NodeHash;
import io.quorate.core.message.ExchangeRequest.Release;
import io.quorate.core.message.ExchangeRequest.TreeRoot;
import io.quorate.core.message.TreeId;
import io.quorate.merkle.TreeNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One comparison of all that this shard shares with one peer (Dynamo, section 4.7).
 *
 * <pre>
 * roots    of all shared trees, in one message
 * leaves   of the trees that differ, level by level
 * pause    writes that were in flight arrive; they are not divergence
 * again    the same leaves, now with the partition claimed on both sides; what still differs is repaired key by key
 * </pre>
 *
 * <p>Nothing of it is remembered: one that is cut short by a crash or a lost message is simply made again by the next.
 */
final class Round {
    private static final long PAUSE_MILLIS = 500;
    private static final int TREES_AT_ONCE = 8;

    private final ShardParts shard;
    private final PeerCalls peer;
    private final String peerId;
    private final Counts counts;
    private final Runnable done;
    private final Map<TreeId, TreeNodes> suspects = new TreeMap<>(Round::inOrder);
    private final long begunMillis;
    private final long ring;
    private final NavigableSet<TreeId> differing = new TreeSet<>(Round::inOrder);
    private boolean whole = true;

    Round(ShardParts shard, String peerId, Counts counts, Runnable done) {
        this.shard = shard;
        this.peerId = peerId;
        this.peer = shard.world().peer(peerId);
        this.counts = counts;
        this.done = done;
        this.begunMillis = shard.world().clock().realtimeMillis();
        this.ring = shard.world().cluster().ring().digest();
    }

    void begin() {
        counts.running = true;
        List<TreeRoot> roots = new ArrayList<>();
        List<Integer> empty = new ArrayList<>();
        for (int partition : shard.trees().partitions()) {
            if (!shard.trees().isBuilt(partition)) {
                whole = false;
                continue;
            }
            List<TreeRoot> ours = shard.trees().roots(partition);
            ours.stream().filter(root -> isShared(root.tree())).forEach(roots::add);
            if (ours.isEmpty()) {
                empty.add(partition);
            }
        }
        counts.bytes += (long) roots.size() * Long.BYTES;
        peer.ask(new CompareRoots(ring, roots, empty), reply -> {
            if (reply instanceof TreesDiffer differ) {
                counts.partitionsCompared += roots.size();
                List<TreeId> trees = differ.trees().stream()
                        .filter(tree -> shard.trees().isBuilt(tree.partition()) && isShared(tree))
                        .toList();
                differing.addAll(trees);
                shard.trees().partitions().forEach(this::noteIfAlike);
                Parallel.run(trees, TREES_AT_ONCE, this::findLeaves, this::lookAgain);
            } else {
                giveUp();
            }
        });
    }

    private void noteIfAlike(int partition) {
        TreeId first = differing.ceiling(new TreeId(partition, 1));
        if (shard.trees().isBuilt(partition) && (first == null || first.partition() != partition)) {
            counts.alike(partition, ring);
        }
    }

    private boolean isShared(TreeId tree) {
        return shard.isShared(tree, peerId);
    }

    private void findLeaves(TreeId tree, Runnable whenDone) {
        descend(tree, TreeNodes.ROOT.children(), leaves -> {
            if (!leaves.isEmpty()) {
                suspects.put(tree, leaves);
            }
            whenDone.run();
        });
    }

    private void descend(TreeId tree, TreeNodes asked, Consumer<TreeNodes> found) {
        compare(tree, asked, false, differing -> {
            if (differing.isEmpty() || differing.areLeaves()) {
                found.accept(differing);
            } else {
                descend(tree, differing.children(), found);
            }
        });
    }

    /** Which of these nodes differ now; none when the peer does not answer, and then the round is not a whole one. */
    private void compare(TreeId tree, TreeNodes asked, boolean claim, Consumer<TreeNodes> found) {
        List<Long> hashes = shard.trees().tree(tree).hashes(asked);
        List<NodeHash> nodes = new ArrayList<>(hashes.size());
        for (int i = 0; i < hashes.size(); i++) {
            nodes.add(new NodeHash(asked.indices().get(i), hashes.get(i)));
        }
        counts.bytes += (long) nodes.size() * Long.BYTES;
        peer.ask(new CompareNodes(tree, asked.level(), nodes, claim), reply -> {
            TreeNodes differing = new TreeNodes(asked.level(), List.of());
            if (reply instanceof NodesDiffer answer) {
                try {
                    differing = asked.answered(answer.indices());
                } catch (IllegalArgumentException e) {
                    whole = false;
                }
            } else {
                whole = false;
            }
            found.accept(differing);
        });
    }

    private void lookAgain() {
        if (suspects.isEmpty()) {
            finish();
        } else {
            shard.world()
                    .scheduler()
                    .schedule(
                            PAUSE_MILLIS,
                            () -> Parallel.run(suspects.keySet(), TREES_AT_ONCE, this::confirm, this::finish));
        }
    }

    private void confirm(TreeId tree, Runnable whenDone) {
        if (!shard.claims().claim(tree.partition(), shard.self())) {
            whole = false;
            whenDone.run();
            return;
        }
        compare(tree, suspects.get(tree), true, differing -> {
            if (differing.isEmpty()) {
                release(tree, true, whenDone);
                return;
            }
            counts.partitionsDiffering++;
            Renewal renewal = Renewal.begin(shard, peer, tree, differing.level());
            new TreeExchange(shard, peer, counts, tree, differing.indices(), repaired -> {
                        renewal.end();
                        release(tree, repaired, whenDone);
                    })
                    .begin();
        });
    }

    private void release(TreeId tree, boolean repaired, Runnable whenDone) {
        whole &= repaired;
        if (repaired) {
            differing.remove(tree);
            noteIfAlike(tree.partition());
        }
        shard.claims().release(tree.partition(), shard.self());
        peer.tell(new Release(tree));
        whenDone.run();
    }

    private void giveUp() {
        whole = false;
        finish();
    }

    private void finish() {
        counts.running = false;
        counts.rounds++;
        if (whole) {
            differing.clear();
            shard.trees().partitions().forEach(this::noteIfAlike);
            counts.lastRoundMillis = shard.world().clock().realtimeMillis();
            counts.inSyncMillis = begunMillis;
            counts.ring = ring;
        }
        done.run();
    }

    private static int inOrder(TreeId a, TreeId b) {
        int byPartition = Integer.compare(a.partition(), b.partition());
        return byPartition != 0 ? byPartition : Integer.compare(a.n(), b.n());
    }
}
