package io.quorate.node.simulation;

import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Key;
import io.quorate.node.replica.StorageKeys;
import io.quorate.node.simulation.Scenario.Verdict;
import io.quorate.simulation.SimulatedProcess;
import io.quorate.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One run: clients write values that expire while the nemesis strikes, then one node is down over the expiry of them all.
 *
 * <p>All along no read shows a value whose time is over, and a strict one shows each that was strictly acknowledged until then. At the
 * end nobody has anything of any key left, not even a tombstone.
 */
final class ExpiryRun {
    private static final int KEYS = 8;
    private static final long TROUBLE_MILLIS = 40_000;
    private static final long REAPING_MILLIS_MAX = 180_000;

    private final SimulatedCluster cluster;
    private final World world;
    private final List<ExpiryClient> clients = new ArrayList<>();

    ExpiryRun(long seed, int nodeCount, Rules rules) {
        cluster = SimulatedCluster.of(seed, nodeCount, rules);
        world = cluster.world();
        for (int i = 0; i < KEYS; i++) {
            clients.add(new ExpiryClient(
                    Key.of("sessions", "key-" + i),
                    world::realtimeMillis,
                    cluster::earliestMillis,
                    world.random("client/" + i)));
        }
    }

    Verdict play() {
        world.runFor(3_000);
        clients.forEach(client -> cluster.keepDoing(500, () -> cluster.atSomeNode(client::act)));
        cluster.sufferAtWork(TROUBLE_MILLIS);
        List<String> nodes = cluster.nodes();
        expireWhileDown(world.process(nodes.get(cluster.random().nextInt(nodes.size()))));
        await("half a minute after the last write, ", 30_000, this::shown);
        await("three minutes after the last write, ", REAPING_MILLIS_MAX, this::stored);
        return new Verdict(
                world.traceHash(),
                clients.stream().mapToInt(ExpiryClient::writes).sum(),
                clients.stream().mapToInt(ExpiryClient::acknowledged).sum(),
                clients.stream().mapToInt(ExpiryClient::reads).sum(),
                clients.stream().mapToInt(ExpiryClient::comparisons).sum());
    }

    /** What it holds is a value to itself, when it comes back, and long expired everywhere else. */
    private void expireWhileDown(SimulatedProcess process) {
        clients.forEach(client -> cluster.atSomeNode(client::write));
        world.runFor(2_000);
        process.crash();
        world.runFor(ExpiryClient.TTL_MILLIS_MAX + 5_000);
        process.start();
        world.runFor(5_000);
    }

    /** A key that some node still shows a value of. */
    private Optional<String> shown() {
        List<String> found = new ArrayList<>();
        for (String node : cluster.nodes()) {
            SimulatedProcess process = world.process(node);
            Coordinator coordinator = cluster.coordinator(node);
            clients.forEach(client ->
                    process.execute(() -> client.find(coordinator, key -> found.add(node + " shows " + key))));
        }
        world.runFor(3_000);
        return found.stream().findFirst();
    }

    /** A key that some node still holds anything of. */
    private Optional<String> stored() {
        return cluster.nodes().stream()
                .flatMap(node -> world.process(node).disk().contents().keySet().stream()
                        .filter(record -> StorageKeys.isData(record) || StorageKeys.isExpiry(record))
                        .map(record -> node + " still holds " + record))
                .findFirst();
    }

    private void await(String otherwise, long millisMax, Supplier<Optional<String>> trouble) {
        long begun = world.nowMillis();
        Optional<String> found = trouble.get();
        while (found.isPresent()) {
            if (world.nowMillis() - begun > millisMax) {
                throw new ViolationException(otherwise + found.get());
            }
            world.runFor(1_000);
            found = trouble.get();
        }
    }
}
