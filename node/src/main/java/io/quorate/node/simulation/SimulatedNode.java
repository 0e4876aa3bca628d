package io.quorate.node.simulation;

import io.quorate.antientropy.KeyTrees;
import io.quorate.coordinator.conflict.Resolution;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.coordinator.operation.QuorumCoordinator;
import io.quorate.coordinator.operation.Shard;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.port.Clock;
import io.quorate.core.port.RequestHandler;
import io.quorate.core.port.Scheduler;
import io.quorate.node.membership.ChangeProgress;
import io.quorate.node.membership.FailureDetector.Timing;
import io.quorate.node.membership.LocalView;
import io.quorate.node.membership.Membership;
import io.quorate.node.replica.Replica.Limits;
import io.quorate.node.shard.Neighbours;
import io.quorate.node.shard.NodeShard;
import io.quorate.node.shard.Origin;
import io.quorate.node.shard.ShardPorts;
import io.quorate.node.shard.ShardSettings;
import io.quorate.node.shard.ShardSettings.Background;
import io.quorate.simulation.CleanStop;
import io.quorate.simulation.Ports;
import io.quorate.simulation.Program;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A node of one shard, as a program of a simulated world. */
final class SimulatedNode implements Program {
    private static final int WAITING_MAX = 1_000;
    /** Few enough that some runs go beyond it. */
    private static final int DEBTS_MAX = 3;

    private static final long EXCHANGE_INTERVAL_MILLIS = 3_000;
    private static final long REPAIR_BYTES_PER_SECOND_MAX = 1 << 20;

    private static final long CLOCK_DRIFT_MILLIS_MAX = 60_000;

    private final Scheduler scheduler;
    private final Clock clock;
    private final NodeShard shard;
    private final Coordinator resolving;

    /** A founder where the table names it; else it asks the table's members to let it in. */
    SimulatedNode(Ports ports, MemberTable founding, Rules rules) {
        this(ports, founding, rules, "");
    }

    /** The same; a newcomer is in that zone. */
    SimulatedNode(Ports ports, MemberTable founding, Rules rules, String zone) {
        boolean isFounder = founding.find(ports.node()).isPresent();
        ShardSettings settings = new ShardSettings(
                0,
                1,
                new ShardSettings.Node(
                        new Member(ports.node(), ports.node(), "", zone, 1),
                        ports.node(),
                        isFounder ? List.of() : List.copyOf(founding.entries().keySet()),
                        isFounder ? founding : MemberTable.empty(founding.cluster(), founding.partitions())),
                BucketProperties.DEFAULT,
                new Timing(500, 1_500),
                Patience.DEFAULT,
                new Background(rules.handoff(), EXCHANGE_INTERVAL_MILLIS, REPAIR_BYTES_PER_SECOND_MAX, rules.reaping()),
                new Limits(WAITING_MAX, DEBTS_MAX),
                CLOCK_DRIFT_MILLIS_MAX);
        Origin origin = ports.lastCleanStop()
                .map(stop -> new Origin(stop.incarnation(), stop.lastTime()))
                .orElseGet(() -> Origin.fresh(ports.random()));
        scheduler = ports.scheduler();
        clock = ports.clock();
        ShardPorts world = new ShardPorts(
                ports.clock(), ports.scheduler(), ports.transport(), ports.storage(), ports.random(), () -> "");
        shard = new NodeShard(settings, world, origin, new Alone());
        resolving = new QuorumCoordinator(
                new Shard(
                        shard.view(),
                        ports.transport(),
                        ports.scheduler(),
                        ports.clock(),
                        ports.random(),
                        Patience.DEFAULT),
                new Resolution(bucket -> Optional.of(SimulatedNode::greatest)));
    }

    /** The neighbours of an only shard: itself. */
    private final class Alone implements Neighbours {
        @Override
        public void tellOthers(Consumer<LocalView> change) {
            // There are none.
        }

        @Override
        public void tellFirst(Consumer<NodeShard> news) {
            scheduler.execute(() -> news.accept(shard));
        }
    }

    @Override
    public void start() {
        shard.start();
    }

    @Override
    public RequestHandler requests() {
        return shard;
    }

    @Override
    public CleanStop stop() {
        shard.stop(() -> {});
        Origin left = shard.origin();
        return new CleanStop(left.incarnation(), left.lastTime());
    }

    KeyTrees trees() {
        return shard.trees();
    }

    MemberTable table() {
        return shard.view().table();
    }

    List<String> waitedFor() {
        return shard.view().waitedFor();
    }

    long hints(String member) {
        return shard.view().hints(member);
    }

    Optional<ChangeProgress> change() {
        return shard.view().change(clock.realtimeMillis());
    }

    Membership membership() {
        return shard.speaker().membership();
    }

    void setBucket(String bucket, BucketProperties properties) {
        scheduler.execute(() -> shard.speaker().setBucket(bucket, Optional.of(properties), outcome -> {}));
    }

    BucketProperties bucket(String name) {
        return shard.view().bucket(name);
    }

    /** A coordinator as an application embeds it, with a resolver of its own. */
    Coordinator resolving() {
        return resolving;
    }

    private static Optional<String> greatest(Key key, List<String> numbers) {
        return numbers.stream().max(Comparator.comparing(Integer::valueOf));
    }

    Coordinator coordinator() {
        return shard.coordinator();
    }
}
