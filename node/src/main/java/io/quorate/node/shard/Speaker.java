package io.quorate.node.shard;

import io.quorate.core.Bytes;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Copying;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.message.ClusterReply.Alive;
import io.quorate.core.message.ClusterReply.Buckets;
import io.quorate.core.message.ClusterReply.Described;
import io.quorate.core.message.ClusterReply.MemberTables;
import io.quorate.core.message.ClusterRequest;
import io.quorate.core.message.ClusterRequest.Describe;
import io.quorate.core.message.ClusterRequest.Heartbeat;
import io.quorate.core.message.ClusterRequest.Invite;
import io.quorate.core.message.ClusterRequest.Join;
import io.quorate.core.message.ClusterRequest.ProbeFor;
import io.quorate.core.message.ClusterRequest.ShareBuckets;
import io.quorate.core.message.ClusterRequest.ShareMembers;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.ring.Ring;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Dot;
import io.quorate.node.membership.BucketRegistry;
import io.quorate.node.membership.FailureDetector;
import io.quorate.node.membership.Home;
import io.quorate.node.membership.LocalView;
import io.quorate.node.membership.MemberRegistry;
import io.quorate.node.membership.Membership;
import io.quorate.node.membership.OwnCopying;
import io.quorate.node.membership.ShardNews;
import io.quorate.node.replica.Identity;
import io.quorate.node.replica.StorageKeys;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What speaks for the whole node, on its first shard: it sends the heartbeats, keeps the tables of members and buckets, and hands what
 * it learns to all shards.
 */
public final class Speaker {
    private static final long RECONCILE_MILLIS = 20;

    private final ShardPorts ports;
    private final HybridClock clock;
    private final Shown shown;
    private final Neighbours neighbours;
    private final BucketRegistry buckets;
    private final MemberRegistry members;
    private final Membership membership;
    private final FailureDetector detector;
    private final OwnCopying copying;
    private final Set<String> reconciling = new LinkedHashSet<>();

    /** What others are shown of the first shard. */
    record Shown(LocalView view, Identity identity, BooleanSupplier serving) {
        String self() {
            return view.self().orElseThrow();
        }
    }

    Speaker(ShardSettings settings, ShardPorts ports, HybridClock clock, Shown shown, Neighbours neighbours) {
        this.ports = ports;
        this.clock = clock;
        this.shown = shown;
        this.neighbours = neighbours;
        this.buckets = new BucketRegistry(
                new Home(StorageKeys.BUCKETS, ports.storage(), ports.transport()),
                table -> tellAll(view -> view.setBuckets(table)));
        this.members = new MemberRegistry(
                settings.self(),
                settings.node().founding(),
                clock,
                new Home(StorageKeys.MEMBERS, ports.storage(), ports.transport()),
                this::onMembers);
        this.membership = new Membership(
                settings.node().self(settings.shards()),
                new Membership.Parts(
                        members,
                        shown.view(),
                        ports.scheduler(),
                        ports.transport(),
                        () -> new Membership.Health(
                                shown.serving().getAsBoolean(), ports.trouble().get())));
        this.copying = new OwnCopying(ports.clock(), membership.news());
        this.detector = new FailureDetector(
                settings.heartbeats(),
                new FailureDetector.Surroundings(ports.clock(), ports.scheduler(), ports.transport(), ports.random()),
                () -> new Heartbeat(
                        shown.identity().actor(), shown.serving().getAsBoolean(), buckets.digest(), members.digest()),
                new Listening());
        detector.setPeers(peers());
    }

    /** Turns what the failure detector finds into changes of the view. */
    private final class Listening implements FailureDetector.Listener {
        @Override
        public void onReachable(Set<String> peers) {
            Set<String> reachable = new LinkedHashSet<>(peers);
            reachable.add(shown.self());
            tellAll(view -> view.setReachable(reachable));
        }

        @Override
        public void onDown(Set<String> peers) {
            tellAll(view -> view.setDown(peers));
        }

        @Override
        public void onAlive(String node, Alive alive) {
            buckets.onDigest(node, alive.bucketsDigest());
            members.onDigest(node, alive.membersDigest());
            showCopying(node, alive.copying());
        }
    }

    /** Everybody that has not left: those that go still have to hear that they may. */
    private List<String> peers() {
        return members.table().present().stream()
                .map(entry -> entry.id())
                .filter(id -> !id.equals(shown.self()))
                .toList();
    }

    private void onMembers(MemberTable table) {
        Ring known = shown.view().ring();
        // A ring is costly to compute and seldom changes.
        Ring ring = known.digest() == table.ringDigest() ? known : Ring.of(table);
        tellAll(view -> view.setMembers(table, ring));
        detector.setPeers(peers());
        copying.onMembers(table);
        showCopying(shown.self(), copying.by(ring.digest()));
    }

    private void showCopying(String node, Copying word) {
        if (!shown.view().copying(node).equals(word)) {
            tellAll(view -> view.setCopying(node, word));
        }
    }

    /** A shard has copied so many partitions by a ring. */
    void onCopying(int shard, long ring, int partitions) {
        news().copying(shard, ring, partitions);
        showCopying(shown.self(), copying.by(shown.view().ring().digest()));
    }

    private void tellAll(Consumer<LocalView> change) {
        change.accept(shown.view());
        neighbours.tellOthers(change);
    }

    /** Reads what the node knew when it last stopped, and lets all shards begin with it. */
    void load() {
        buckets.load(() -> members.load(() -> tellAll(LocalView::setKnown)));
    }

    void start() {
        detector.start();
        membership.start();
    }

    /** Whether it was found out which peers can be reached. */
    boolean hasLookedAround() {
        return detector.isSettled();
    }

    boolean isSettled() {
        return hasLookedAround() && membership.notMember().isEmpty();
    }

    public ShardNews news() {
        return membership.news();
    }

    public Membership membership() {
        return membership;
    }

    /** A node goes by another ring, as every request to it shows until the two have talked: once is enough. */
    void reconcileWith(String node) {
        if (members.table().find(node).isPresent() && reconciling.add(node)) {
            members.reconcileWith(node);
            ports.scheduler().schedule(RECONCILE_MILLIS, () -> reconciling.remove(node));
        }
    }

    public void onConnected(String node) {
        detector.onConnected(node);
    }

    public void onDisconnected(String node) {
        detector.onDisconnected(node);
    }

    /** Sets a bucket's properties in the whole cluster, or resets them. */
    public void setBucket(String bucket, Optional<BucketProperties> properties, Consumer<Outcome> done) {
        List<String> others = new ArrayList<>(peers());
        others.removeIf(node -> !shown.view().isReachable(node));
        buckets.set(bucket, properties, new Dot(shown.identity().actor(), clock.next()), others, done);
    }

    void handle(String from, ClusterRequest request, Responder reply) {
        if (request instanceof Heartbeat heartbeat) {
            detector.onHeartbeat(from, heartbeat);
            reply.send(new Alive(
                    shown.identity().actor(),
                    shown.serving().getAsBoolean(),
                    buckets.digest(),
                    members.digest(),
                    shown.view().copying(shown.self())));
        } else if (request instanceof ShareBuckets share) {
            buckets.merge(share.table(), outcome -> reply.send(new Buckets(buckets.table())));
        } else if (request instanceof ShareMembers share) {
            members.merge(share.table(), outcome -> reply.send(new MemberTables(members.table())));
        } else if (request instanceof ProbeFor probe) {
            detector.onProbeFor(probe.target(), reply);
        } else if (request instanceof Join join) {
            membership.handle(join, reply);
        } else if (request instanceof Invite invite) {
            ports.storage()
                    .range(
                            StorageKeys.data(Bytes.EMPTY),
                            StorageKeys.dataEnd(),
                            1,
                            found -> membership.handle(invite, found.isEmpty(), reply));
        } else if (request instanceof Describe) {
            LocalView view = shown.view();
            List<String> reachable =
                    view.ring().nodes().stream().filter(view::isReachable).toList();
            reply.send(new Described(members.table(), view.defaults(), buckets.table(), reachable));
        }
    }
}
