package io.quorate.node.shard;

import io.quorate.antientropy.AntiEntropy;
import io.quorate.antientropy.KeyTrees;
import io.quorate.antientropy.Pace;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.coordinator.operation.QuorumCoordinator;
import io.quorate.coordinator.operation.Shard;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Member;
import io.quorate.core.message.ClusterReply.Alive;
import io.quorate.core.message.ClusterReply.Buckets;
import io.quorate.core.message.ClusterReply.Described;
import io.quorate.core.message.ClusterReply.Horizons;
import io.quorate.core.message.ClusterReply.Owed;
import io.quorate.core.message.ClusterRequest;
import io.quorate.core.message.ClusterRequest.AskHorizons;
import io.quorate.core.message.ClusterRequest.AskOwed;
import io.quorate.core.message.ClusterRequest.Describe;
import io.quorate.core.message.ClusterRequest.Heartbeat;
import io.quorate.core.message.ClusterRequest.ShareBuckets;
import io.quorate.core.message.ExchangeRequest;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.Patch;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.Request;
import io.quorate.core.port.RequestHandler;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Dot;
import io.quorate.node.membership.BucketRegistry;
import io.quorate.node.membership.Heartbeats;
import io.quorate.node.membership.LocalView;
import io.quorate.node.membership.OwedSurvey;
import io.quorate.node.membership.OwedSurvey.Owing;
import io.quorate.node.replica.Handoff;
import io.quorate.node.replica.Identity;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.Replica.Surroundings;
import io.quorate.node.replica.StorageKeys;
import io.quorate.node.replica.TreeKeeper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One shard of a node: its replica, its coordinator and, on shard 0, what speaks for the whole node.
 *
 * <p>Shard 0 sends the heartbeats and keeps the bucket table; {@code onView} carries what it learns to the other shards.
 */
public final class NodeShard implements RequestHandler {
    private static final Refused NOT_SERVING = new Refused(Reason.NOT_SERVING, "the node is starting or stopping");

    private final ShardSettings settings;
    private final ShardPorts ports;
    private final HybridClock clock;
    private final Identity identity;
    private final LocalView view;
    private final Replica replica;
    private final Pace pace;
    private final Handoff handoff;
    private final KeyTrees trees;
    private final TreeKeeper treeKeeper;
    private final AntiEntropy antiEntropy;
    private final QuorumCoordinator coordinator;
    private final BucketRegistry buckets;
    private final Heartbeats heartbeats;
    private boolean serving;

    /**
     * Builds the shard.
     *
     * @param onView hears, on this shard, of every change to hand to the node's other shards
     */
    public NodeShard(ShardSettings settings, ShardPorts ports, Origin origin, Consumer<Consumer<LocalView>> onView) {
        this.settings = settings;
        this.ports = ports;
        this.clock =
                new HybridClock(ports.clock(), settings.index(), origin.lastTime(), settings.clockDriftMillisMax());
        Actor actor = new Actor(settings.self(), origin.incarnation());
        this.identity = new Identity(actor, origin.lastTime(), clock, ports.random());
        this.view = new LocalView(settings.self(), settings.ring(), settings.defaults());
        this.trees = new KeyTrees(settings.ring(), settings.partitions());
        this.replica = new Replica(
                new Surroundings(ports.storage(), ports.transport(), ports.scheduler(), view),
                trees,
                clock,
                identity,
                settings.limits());
        this.pace =
                new Pace(ports.clock(), ports.scheduler(), settings.background().repairBytesPerSecondMax());
        this.handoff = replica.handoff(pace, settings::owns, (member, debts) -> {
            if (settings.index() == 0) {
                view.setHints(member, debts);
                onView.accept(other -> other.setHints(member, debts));
            }
        });
        this.treeKeeper = replica.treeKeeper(StorageKeys.trees(settings.index(), settings.shards()));
        this.antiEntropy = new AntiEntropy(
                new io.quorate.antientropy.Surroundings(
                        ports.clock(), ports.scheduler(), ports.transport(), view, ports.random()),
                trees,
                replica.keys(),
                pace,
                peers(),
                handoff::isDelivering,
                settings.background().exchangeIntervalMillis(),
                settings.background().reaping());
        this.coordinator = new QuorumCoordinator(
                new Shard(view, ports.transport(), ports.scheduler(), ports.random(), settings.patience()));
        this.buckets = new BucketRegistry(StorageKeys.BUCKETS, ports.storage(), ports.transport(), table -> {
            view.setBuckets(table);
            onView.accept(other -> other.setBuckets(table));
        });
        this.heartbeats = new Heartbeats(
                peers(),
                settings.heartbeats(),
                ports.clock(),
                ports.scheduler(),
                ports.transport(),
                () -> new Heartbeat(identity.actor(), serving, buckets.table().digest()),
                new ViewUpdates(onView));
    }

    /** Turns what the heartbeats find into changes of the view. */
    private final class ViewUpdates implements Heartbeats.Listener {
        private final Consumer<Consumer<LocalView>> onView;

        ViewUpdates(Consumer<Consumer<LocalView>> onView) {
            this.onView = onView;
        }

        @Override
        public void onReachable(Set<String> peers) {
            Set<String> reachable = new LinkedHashSet<>(peers);
            reachable.add(settings.self());
            view.setReachable(reachable);
            onView.accept(other -> other.setReachable(reachable));
        }

        @Override
        public void onAlive(String node, Alive alive) {
            if (alive.bucketsDigest() != buckets.table().digest()) {
                buckets.reconcileWith(node);
            }
        }
    }

    /** Begins to serve; shard 0 also loads what the node keeps about itself and begins to send heartbeats. */
    public void start() {
        int patienceMillis = settings.heartbeats().suspectMillis();
        Runnable rejoin = () -> replica.rejoin(settings::owns, peers(), patienceMillis, this::serve)
                .begin();
        treeKeeper.restore(rejoin, antiEntropy::start);
    }

    private void serve() {
        if (settings.background().handoff()) {
            handoff.start(peers());
        }
        if (settings.index() == 0) {
            buckets.load(() -> {
                serving = true;
                heartbeats.start();
            });
        } else {
            serving = true;
        }
    }

    /** Whether the shard serves and, on shard 0, the heartbeats have had time to find the others. */
    public boolean isReady() {
        return serving && (settings.index() != 0 || heartbeats.isSettled());
    }

    /** Asks all members what they owe until none owes anything, or time is over. */
    public void survey(int timeoutMillis, Consumer<Owing> done) {
        List<String> members =
                settings.ring().members().members().stream().map(Member::id).toList();
        new OwedSurvey(ports.clock(), ports.scheduler(), ports.transport(), members, timeoutMillis, done).begin();
    }

    public Coordinator coordinator() {
        return coordinator;
    }

    public LocalView view() {
        return view;
    }

    /** Takes a change that shard 0 learned. */
    public void update(Consumer<LocalView> change) {
        change.accept(view);
    }

    public void onDisconnected(String node) {
        heartbeats.onDisconnected(node);
    }

    /** On shard 0: sets a bucket's properties in the whole cluster, or resets them. */
    public void setBucket(String bucket, Optional<BucketProperties> properties, Consumer<Outcome> done) {
        List<String> others = new ArrayList<>(peers());
        others.removeIf(node -> !view.isReachable(node));
        buckets.set(bucket, properties, new Dot(identity.actor(), clock.next()), others, done);
    }

    /** Refuses whatever comes from now on; {@code done} runs when all that was taken is durable, and the trees with it. */
    public void stop(Runnable done) {
        serving = false;
        treeKeeper.save(done);
    }

    /** The hash trees of what this shard stores. */
    public KeyTrees trees() {
        return trees;
    }

    public AntiEntropy antiEntropy() {
        return antiEntropy;
    }

    /** What the next start may go on from, if all that was applied becomes durable. */
    public Origin origin() {
        return new Origin(identity.actor().incarnation(), clock.last());
    }

    @Override
    public void onRequest(String from, Request request, Responder reply) {
        if (request instanceof ReplicaRequest replicaRequest) {
            if (serving) {
                noteClients(replicaRequest);
                replica.handle(replicaRequest, reply);
            } else {
                reply.send(NOT_SERVING);
            }
        } else if (request instanceof ClusterRequest clusterRequest) {
            onClusterRequest(clusterRequest, reply);
        } else if (request instanceof ExchangeRequest exchange) {
            if (serving) {
                antiEntropy.handle(from, exchange, reply);
            } else {
                reply.send(NOT_SERVING);
            }
        }
    }

    /** Of what clients ask for, merges and digests are left out: repair sends such too. */
    private void noteClients(ReplicaRequest request) {
        if (request instanceof Stamp
                || request instanceof Patch
                || (request instanceof Fetch fetch && fetch.wholeBytesMax() > 0)) {
            pace.onClientRequest();
        }
    }

    private void onClusterRequest(ClusterRequest request, Responder reply) {
        if (request instanceof Heartbeat) {
            reply.send(new Alive(identity.actor(), serving, buckets.table().digest()));
        } else if (request instanceof ShareBuckets share) {
            buckets.merge(share.table(), outcome -> reply.send(new Buckets(buckets.table())));
        } else if (request instanceof AskHorizons) {
            replica.horizons().read(horizons -> reply.send(new Horizons(horizons)));
        } else if (request instanceof AskOwed) {
            coordinator.whenSettled(() -> handoff.count(peers(), debts -> reply.send(new Owed(debts))));
        } else if (request instanceof Describe) {
            List<String> reachable = view.ring().members().members().stream()
                    .map(Member::id)
                    .filter(view::isReachable)
                    .toList();
            reply.send(new Described(view.ring().members(), view.defaults(), buckets.table(), reachable));
        }
    }

    private List<String> peers() {
        return settings.ring().members().members().stream()
                .map(Member::id)
                .filter(id -> !id.equals(settings.self()))
                .toList();
    }
}
