package io.quorate.node.membership;

import io.quorate.core.Bytes;
import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.Copying;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.message.ClusterReply.Alive;
import io.quorate.core.message.ClusterReply.MemberTables;
import io.quorate.core.message.ClusterRequest.Heartbeat;
import io.quorate.core.message.ClusterRequest.ProbeFor;
import io.quorate.core.message.ClusterRequest.ShareMembers;
import io.quorate.core.message.Request;
import io.quorate.core.port.RequestHandler;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Actor;
import io.quorate.node.membership.FailureDetector.Surroundings;
import io.quorate.node.membership.FailureDetector.Timing;
import io.quorate.simulation.CleanStop;
import io.quorate.simulation.Ports;
import io.quorate.simulation.Program;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A node that does nothing but gossip and watch the others, as a program of a simulated world. */
final class GossipNode implements Program, RequestHandler {
    static final Timing TIMING = new Timing(500, 1_500);

    private final String self;
    private final Actor actor;
    private final MemberRegistry registry;
    private final FailureDetector detector;
    private final BiConsumer<String, String> onConviction;
    private Set<String> reachable = Set.of();
    private Set<String> down = Set.of();

    /**
     * Builds it.
     *
     * @param initial the members that it knows at first, itself among them
     * @param onConviction hears who convicted whom
     */
    GossipNode(Ports ports, MemberTable initial, BiConsumer<String, String> onConviction) {
        this.self = ports.node();
        this.actor = new Actor(self, ports.random().nextLong());
        this.onConviction = onConviction;
        this.registry = new MemberRegistry(
                self,
                initial,
                new HybridClock(ports.clock(), 0, 0, 60_000),
                new Home(Bytes.utf8("members"), ports.storage(), ports.transport()),
                this::watch);
        this.detector = new FailureDetector(
                TIMING,
                new Surroundings(ports.clock(), ports.scheduler(), ports.transport(), ports.random()),
                this::heartbeat,
                new Findings());
    }

    private final class Findings implements FailureDetector.Listener {
        @Override
        public void onReachable(Set<String> peers) {
            reachable = peers;
        }

        @Override
        public void onDown(Set<String> peers) {
            peers.stream().filter(peer -> !down.contains(peer)).forEach(peer -> onConviction.accept(self, peer));
            down = peers;
        }

        @Override
        public void onAlive(String node, Alive alive) {
            registry.onDigest(node, alive.membersDigest());
        }
    }

    private void watch(MemberTable table) {
        Set<String> peers = new LinkedHashSet<>();
        table.present().stream().map(MemberEntry::id).forEach(peers::add);
        peers.remove(self);
        detector.setPeers(peers);
    }

    private Heartbeat heartbeat() {
        return new Heartbeat(actor, true, 0, registry.digest());
    }

    @Override
    public void start() {
        registry.load(() -> {
            registry.claim(new Claim(self + ":1", self + ":2", self, true, "", 1, 1, 0));
            watch(registry.table());
            detector.start();
        });
    }

    @Override
    public RequestHandler requests() {
        return this;
    }

    @Override
    public void onRequest(String from, Request request, Responder reply) {
        if (request instanceof Heartbeat heartbeat) {
            reply.send(new Alive(actor, true, 0, registry.digest(), Copying.NONE));
            detector.onHeartbeat(from, heartbeat);
        } else if (request instanceof ShareMembers share) {
            registry.merge(share.table(), outcome -> {});
            reply.send(new MemberTables(registry.table()));
        } else if (request instanceof ProbeFor probe) {
            detector.onProbeFor(probe.target(), reply);
        }
    }

    @Override
    public CleanStop stop() {
        return new CleanStop(actor.incarnation(), 0);
    }

    void decide(UnaryOperator<MemberTable> decision) {
        registry.update(decision, outcome -> require(outcome == Outcome.DURABLE));
    }

    private static void require(boolean durable) {
        if (!durable) {
            throw new IllegalStateException("nothing is wrong with the disk");
        }
    }

    MemberTable table() {
        return registry.table();
    }

    Optional<String> firstUnreachable() {
        return registry.table().present().stream()
                .map(MemberEntry::id)
                .filter(id -> !id.equals(self) && !reachable.contains(id))
                .findFirst();
    }

    Set<String> reachable() {
        return reachable;
    }

    Set<String> down() {
        return down;
    }
}
