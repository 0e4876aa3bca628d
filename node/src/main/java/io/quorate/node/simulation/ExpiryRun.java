package io.quorate.node.simulation;

import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Key;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.node.replica.StorageKeys;
import io.quorate.node.simulation.Scenario.Verdict;
import io.quorate.simulation.Faults;
import io.quorate.simulation.Nemesis;
import io.quorate.simulation.NemesisPlan;
import io.quorate.simulation.SimulatedProcess;
import io.quorate.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One run: clients write values that expire while the nemesis strikes, then one node is down over the expiry of them all.
 *
 * <p>All along no read shows a value whose time is over, and a strict one shows each that was strictly acknowledged until then. At the
 * end nobody has anything of any key left, not even a tombstone.
 */
final class ExpiryRun {
    private static final int PARTITIONS = 16;
    private static final int KEYS = 8;
    private static final long TROUBLE_MILLIS = 40_000;
    private static final long REAPING_MILLIS_MAX = 180_000;

    private final World world;
    private final List<String> nodes;
    private final List<ExpiryClient> clients = new ArrayList<>();
    private final RandomGenerator random;
    private boolean working = true;

    ExpiryRun(long seed, int nodeCount, Rules rules) {
        world = new World(seed, Faults.ROUGH);
        random = world.random("scenario");
        nodes = IntStream.rangeClosed(1, nodeCount).mapToObj(i -> "n" + i).toList();
        MemberTable founding = MemberTable.founding(new Members(
                "simulated",
                PARTITIONS,
                1,
                nodes.stream().map(id -> new Member(id, id, "", "", 1)).toList()));
        nodes.forEach(id -> world.add(id, ports -> new SimulatedNode(ports, founding, rules))
                .start());
        for (int i = 0; i < KEYS; i++) {
            clients.add(new ExpiryClient(
                    Key.of("sessions", "key-" + i), world::realtimeMillis, world.random("client/" + i)));
        }
    }

    Verdict play() {
        world.runFor(3_000);
        clients.forEach(this::actSoon);
        Nemesis nemesis = new Nemesis(world, nodes, NemesisPlan.usual(nodes.size() / 2));
        nemesis.begin();
        world.runFor(TROUBLE_MILLIS);
        working = false;
        nemesis.healAll();
        world.use(Faults.CALM);
        world.runFor(5_000);
        expireWhileDown(world.process(nodes.get(random.nextInt(nodes.size()))));
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
        clients.forEach(client -> atSomeNode(client::write));
        world.runFor(2_000);
        process.crash();
        world.runFor(ExpiryClient.TTL_MILLIS_MAX + 5_000);
        process.start();
        world.runFor(5_000);
    }

    /** A key that some node still shows a value of. */
    private Optional<String> shown() {
        List<String> found = new ArrayList<>();
        for (String node : nodes) {
            SimulatedProcess process = world.process(node);
            Coordinator coordinator = process.program(SimulatedNode.class).coordinator();
            clients.forEach(client ->
                    process.execute(() -> client.find(coordinator, key -> found.add(node + " shows " + key))));
        }
        world.runFor(3_000);
        return found.stream().findFirst();
    }

    /** A key that some node still holds anything of. */
    private Optional<String> stored() {
        return nodes.stream()
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

    private void actSoon(ExpiryClient client) {
        world.schedule(1 + random.nextLong(500), () -> {
            if (working) {
                atSomeNode(client::act);
                actSoon(client);
            }
        });
    }

    private void atSomeNode(Consumer<Coordinator> task) {
        SimulatedProcess process = world.process(nodes.get(random.nextInt(nodes.size())));
        if (process.isRunning()) {
            SimulatedNode node = process.program(SimulatedNode.class);
            process.execute(() -> task.accept(node.coordinator()));
        }
    }
}
