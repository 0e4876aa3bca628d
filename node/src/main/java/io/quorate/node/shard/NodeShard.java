package io.quorate.node.shard;

import io.quorate.antientropy.AntiEntropy;
import io.quorate.antientropy.KeyTrees;
import io.quorate.antientropy.Pace;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.coordinator.operation.QuorumCoordinator;
import io.quorate.coordinator.operation.Shard;
import io.quorate.core.message.ClusterReply.Horizons;
import io.quorate.core.message.ClusterReply.Owed;
import io.quorate.core.message.ClusterRequest;
import io.quorate.core.message.ClusterRequest.AskHorizons;
import io.quorate.core.message.ClusterRequest.AskOwed;
import io.quorate.core.message.ExchangeRequest;
import io.quorate.core.message.Fenced;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.FetchGroup;
import io.quorate.core.message.ReplicaRequest.Patch;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.ReplicaRequest.StampAll;
import io.quorate.core.message.Request;
import io.quorate.core.port.RequestHandler;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Actor;
import io.quorate.node.membership.LocalView;
import io.quorate.node.membership.OwedSurvey;
import io.quorate.node.membership.OwedSurvey.Owing;
import io.quorate.node.membership.ShardNews;
import io.quorate.node.replica.Expiries;
import io.quorate.node.replica.Handoff;
import io.quorate.node.replica.Identity;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.Replica.Surroundings;
import io.quorate.node.replica.StorageKeys;
import io.quorate.node.replica.TreeKeeper;
import java.util.List;
import java.util.function.Consumer;

/**
 * One shard of a node: its replica, its coordinator and, on shard 0, what speaks for the whole node.
 *
 * <p>A request that was aimed by another ring is refused: what makes a quorum by that one may not make one by this.
 */
public final class NodeShard implements RequestHandler {
    private static final long REPORT_MILLIS = 250;
    private static final long EXPIRY_MILLIS = 1_000;
    private static final Refused OTHER_RING =
            new Refused(Reason.OTHER_RING, "this node goes by another ring: find out which of the two is behind");
    private static final Refused NOT_SERVING = new Refused(Reason.NOT_SERVING, "the node is starting or stopping");

    private final ShardSettings settings;
    private final ShardPorts ports;
    private final Neighbours neighbours;
    private final HybridClock clock;
    private final Identity identity;
    private final LocalView view;
    private final Replica replica;
    private final Pace pace;
    private final Handoff handoff;
    private final Expiries expiries;
    private final KeyTrees trees;
    private final TreeKeeper treeKeeper;
    private final AntiEntropy antiEntropy;
    private final QuorumCoordinator coordinator;
    private final Speaker speaker;
    private boolean serving;
    private boolean treesBuilt;

    /** Builds the shard. */
    public NodeShard(ShardSettings settings, ShardPorts ports, Origin origin, Neighbours neighbours) {
        this.settings = settings;
        this.ports = ports;
        this.neighbours = neighbours;
        this.clock =
                new HybridClock(ports.clock(), settings.index(), origin.lastTime(), settings.clockDriftMillisMax());
        Actor actor = new Actor(settings.self(), origin.incarnation());
        this.identity = new Identity(actor, origin.lastTime(), clock, ports.random());
        this.view = new LocalView(settings.self(), settings.node().founding(), settings.defaults(), this::onOtherRing);
        this.trees = new KeyTrees(view.ring(), settings.partitions());
        this.replica = new Replica(
                new Surroundings(ports.storage(), ports.transport(), ports.scheduler(), view),
                trees,
                clock,
                identity,
                settings.limits());
        this.pace =
                new Pace(ports.clock(), ports.scheduler(), settings.background().repairBytesPerSecondMax());
        this.handoff = replica.handoff(pace, settings::owns, this::onDebtsLeft);
        this.expiries = replica.expiries(settings::owns);
        this.treeKeeper = replica.treeKeeper(StorageKeys.trees(settings.index(), settings.shards()));
        this.antiEntropy = new AntiEntropy(
                new io.quorate.antientropy.Surroundings(
                        ports.clock(), ports.scheduler(), ports.transport(), view, ports.random()),
                trees,
                replica.keys(),
                pace,
                handoff::isDelivering,
                settings.background().exchangeIntervalMillis(),
                settings.background().reaping());
        this.coordinator = new QuorumCoordinator(new Shard(
                view, ports.transport(), ports.scheduler(), ports.clock(), ports.random(), settings.patience()));
        this.speaker =
                new Speaker(settings, ports, clock, new Speaker.Shown(view, identity, () -> serving), neighbours);
        view.whenMembersChange(this::onMembers, this::onRing);
    }

    private void onDebtsLeft(String member, long debts) {
        view.setHints(settings.index(), member, debts);
        neighbours.tellOthers(other -> other.setHints(settings.index(), member, debts));
    }

    private void onOtherRing(String node) {
        neighbours.tellFirst(first -> first.speaker.reconcileWith(node));
    }

    /** Begins to serve; shard 0 first finds out who the members are, for all shards. */
    public void start() {
        if (settings.index() == 0) {
            speaker.load();
        }
    }

    /** The members are known for the first time. */
    private void onMembers() {
        int patienceMillis = settings.heartbeats().suspectMillis();
        Runnable rejoin = () -> replica.rejoin(settings::owns, peers(), patienceMillis, this::serve)
                .begin();
        treeKeeper.restore(rejoin, () -> {
            treesBuilt = true;
            antiEntropy.start();
            onRing();
        });
    }

    private List<String> peers() {
        return view.ring().nodes().stream()
                .filter(node -> !node.equals(settings.self()))
                .toList();
    }

    private void serve() {
        serving = true;
        if (settings.background().handoff()) {
            handoff.start();
        }
        collectExpired();
        if (settings.index() == 0) {
            speaker.start();
        }
    }

    private void collectExpired() {
        if (serving) {
            expiries.collect(() -> ports.scheduler().scheduleCoarse(EXPIRY_MILLIS, this::collectExpired));
        }
    }

    private void onRing() {
        long ring = view.ring().digest();
        tell(news -> news.adopted(settings.index(), ring));
        antiEntropy.onRing();
        if (serving && settings.background().handoff()) {
            handoff.start();
        }
        if (treesBuilt && view.ring().isChanging()) {
            reportCopied(ring);
        } else if (treesBuilt) {
            handOver(ring);
        }
    }

    private void tell(Consumer<ShardNews> news) {
        neighbours.tellFirst(first -> news.accept(first.speaker.news()));
    }

    /** Again and again, until there is another ring. */
    private void reportCopied(long ring) {
        if (view.ring().digest() != ring) {
            return;
        }
        boolean copied = peers().stream().filter(node -> !view.isExpelled(node)).allMatch(antiEntropy::isInSync);
        tell(news -> news.copied(settings.index(), copied ? ring : 0));
        int partitions = antiEntropy.copied(view.defaults().n());
        neighbours.tellFirst(first -> first.speaker.onCopying(settings.index(), ring, partitions));
        ports.scheduler().schedule(REPORT_MILLIS, () -> reportCopied(ring));
    }

    private void handOver(long ring) {
        if (view.ring().digest() != ring) {
            return;
        }
        replica.handover().begin(view.gone(), whole -> {
            if (whole) {
                reportDrained(ring);
            } else {
                ports.scheduler().schedule(REPORT_MILLIS, () -> handOver(ring));
            }
        });
    }

    /** A member that goes is gone when others have confirmed all that it held. */
    private void reportDrained(long ring) {
        if (view.ring().digest() != ring) {
            return;
        }
        boolean drained = !replica.handover().isNeeded();
        tell(news -> news.drained(settings.index(), drained ? ring : 0));
        if (!drained) {
            ports.scheduler().schedule(REPORT_MILLIS, () -> reportDrained(ring));
        }
    }

    /** Whether requests of clients are in good hands here: it serves, and knows which peers can be reached. */
    public boolean canCoordinate() {
        return serving && (settings.index() != 0 || speaker.hasLookedAround());
    }

    /** Whether the shard serves and, on shard 0, the heartbeats have had time to find the others. */
    public boolean isReady() {
        return serving && (settings.index() != 0 || speaker.isSettled());
    }

    /** Asks all members what they owe until none owes anything, or time is over. */
    public void survey(int timeoutMillis, Consumer<Owing> done) {
        List<String> members = List.copyOf(view.ring().holders());
        new OwedSurvey(ports.clock(), ports.scheduler(), ports.transport(), members, timeoutMillis, done).begin();
    }

    public Coordinator coordinator() {
        return coordinator;
    }

    public LocalView view() {
        return view;
    }

    /** What speaks for the whole node; of use on shard 0 alone. */
    public Speaker speaker() {
        return speaker;
    }

    /** Takes a change that shard 0 learned. */
    public void update(Consumer<LocalView> change) {
        change.accept(view);
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
        if (request instanceof Fenced fenced) {
            if (fenced.ring() == view.ring().digest()) {
                handle(fenced.request(), reply);
            } else {
                reply.send(OTHER_RING);
            }
        } else if (request instanceof ReplicaRequest replicaRequest) {
            handle(replicaRequest, reply);
        } else if (request instanceof ClusterRequest clusterRequest) {
            onClusterRequest(from, clusterRequest, reply);
        } else if (request instanceof ExchangeRequest exchange) {
            if (serving) {
                antiEntropy.handle(from, exchange, reply);
            } else {
                reply.send(NOT_SERVING);
            }
        }
    }

    private void handle(ReplicaRequest request, Responder reply) {
        if (serving) {
            noteClients(request);
            replica.handle(request, reply);
        } else {
            reply.send(NOT_SERVING);
        }
    }

    /** Of what clients ask for, merges and digests are left out: repair sends such too. */
    private void noteClients(ReplicaRequest request) {
        if (request instanceof Stamp
                || request instanceof Patch
                || request instanceof StampAll
                || request instanceof FetchGroup
                || (request instanceof Fetch fetch && fetch.wholeBytesMax() > 0)) {
            pace.onClientRequest();
        }
    }

    private void onClusterRequest(String from, ClusterRequest request, Responder reply) {
        if (request instanceof AskHorizons) {
            replica.horizons().read(horizons -> reply.send(new Horizons(horizons)));
        } else if (request instanceof AskOwed) {
            coordinator.whenSettled(() -> handoff.count(debts -> reply.send(new Owed(debts))));
        } else {
            speaker.handle(from, request, reply);
        }
    }
}
