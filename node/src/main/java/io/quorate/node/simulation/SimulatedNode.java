package io.quorate.node.simulation;

import io.quorate.antientropy.KeyTrees;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.port.RequestHandler;
import io.quorate.core.ring.Ring;
import io.quorate.node.membership.FailureDetector.Timing;
import io.quorate.node.replica.Replica.Limits;
import io.quorate.node.shard.NodeShard;
import io.quorate.node.shard.Origin;
import io.quorate.node.shard.ShardPorts;
import io.quorate.node.shard.ShardSettings;
import io.quorate.node.shard.ShardSettings.Background;
import io.quorate.simulation.CleanStop;
import io.quorate.simulation.Ports;
import io.quorate.simulation.Program;

/** A node of one shard, as a program of a simulated world. */
final class SimulatedNode implements Program {
    private static final int WAITING_MAX = 1_000;
    /** Few enough that some runs go beyond it. */
    private static final int DEBTS_MAX = 3;

    private static final long EXCHANGE_INTERVAL_MILLIS = 3_000;
    private static final long REPAIR_BYTES_PER_SECOND_MAX = 1 << 20;

    private static final long CLOCK_DRIFT_MILLIS_MAX = 60_000;

    private final NodeShard shard;

    SimulatedNode(Ports ports, Ring ring, Rules rules) {
        ShardSettings settings = new ShardSettings(
                ports.node(),
                0,
                1,
                ring,
                BucketProperties.DEFAULT,
                new Timing(250, 1_500),
                Patience.DEFAULT,
                new Background(rules.handoff(), EXCHANGE_INTERVAL_MILLIS, REPAIR_BYTES_PER_SECOND_MAX, rules.reaping()),
                new Limits(WAITING_MAX, DEBTS_MAX),
                CLOCK_DRIFT_MILLIS_MAX);
        Origin origin = ports.lastCleanStop()
                .map(stop -> new Origin(stop.incarnation(), stop.lastTime()))
                .orElseGet(() -> Origin.fresh(ports.random()));
        ShardPorts world =
                new ShardPorts(ports.clock(), ports.scheduler(), ports.transport(), ports.storage(), ports.random());
        shard = new NodeShard(settings, world, origin, change -> {});
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

    Coordinator coordinator() {
        return shard.coordinator();
    }
}
