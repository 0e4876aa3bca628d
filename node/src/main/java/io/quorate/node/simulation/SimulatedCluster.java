package io.quorate.node.simulation;

import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.simulation.Faults;
import io.quorate.simulation.Nemesis;
import io.quorate.simulation.NemesisPlan;
import io.quorate.simulation.Ports;
import io.quorate.simulation.SimulatedDisk;
import io.quorate.simulation.SimulatedProcess;
import io.quorate.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The nodes of one run: what every scenario starts from, strikes, asks and waits for. */
final class SimulatedCluster {
    private static final int PARTITIONS = 16;
    private static final long ANSWER_MILLIS_MAX = 60_000;
    private static final long REST_MILLIS = 5_000;

    private final World world;
    private final List<String> nodes;
    private final RandomGenerator random;
    private BiConsumer<Bytes, Bytes> onKept = (record, value) -> {};
    private boolean working = true;

    private SimulatedCluster(long seed, List<String> nodes) {
        this.world = new World(seed, Faults.ROUGH);
        this.random = world.random("scenario");
        this.nodes = nodes;
    }

    /** All nodes are founders, and start. */
    static SimulatedCluster of(long seed, int size, Rules rules) {
        return of(seed, size, 0, rules, id -> "");
    }

    /**
     * Founders that start, and others that somebody may start later.
     *
     * @param zone of each node, by its id
     */
    static SimulatedCluster of(long seed, int founders, int others, Rules rules, UnaryOperator<String> zone) {
        SimulatedCluster cluster = new SimulatedCluster(seed, names(founders + others));
        List<String> first = cluster.nodes.subList(0, founders);
        MemberTable founding = MemberTable.founding(new Members(
                "simulated",
                PARTITIONS,
                1,
                first.stream()
                        .map(id -> new Member(id, id, "", zone.apply(id), 1))
                        .toList()));
        cluster.nodes.forEach(id -> cluster.world.add(
                id, ports -> new SimulatedNode(cluster.watched(ports), founding, rules, zone.apply(id))));
        first.forEach(id -> cluster.world.process(id).start());
        return cluster;
    }

    private static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "n" + i).toList();
    }

    private Ports watched(Ports ports) {
        SimulatedDisk disk = world.process(ports.node()).disk();
        return ports.withStorage(
                new WatchedStorage(ports.storage(), disk, (record, value) -> onKept.accept(record, value)));
    }

    /** Has the listener hear of every record and its value that a replica keeps, in the place of any listener before. */
    void onKept(BiConsumer<Bytes, Bytes> listener) {
        onKept = listener;
    }

    World world() {
        return world;
    }

    List<String> nodes() {
        return nodes;
    }

    /** The scenario's own: what clients and faults draw does not change what it draws. */
    RandomGenerator random() {
        return random;
    }

    /** What the slowest of the nodes' wall clocks shows: no node believes that it is earlier. */
    long earliestMillis() {
        return nodes.stream()
                .mapToLong(id -> world.process(id).clock().realtimeMillis())
                .min()
                .orElseThrow();
    }

    SimulatedNode node(String id) {
        return world.process(id).program(SimulatedNode.class);
    }

    Coordinator coordinator(String node) {
        return node(node).coordinator();
    }

    /** Does it again and again, at most so far apart, until the clients' work is over. */
    void keepDoing(int pauseMillisMax, Runnable act) {
        world.schedule(1 + random.nextLong(pauseMillisMax), () -> {
            if (working) {
                act.run();
                keepDoing(pauseMillisMax, act);
            }
        });
    }

    /** Does it once, within a second, unless the clients' work is over by then. */
    void retryLater(Consumer<Coordinator> retry) {
        world.schedule(1 + random.nextLong(1_000), () -> {
            if (working) {
                atSomeNode(retry);
            }
        });
    }

    void endWork() {
        working = false;
    }

    /** Runs something at a random node; nothing happens when that one is down, as for a client whose node just died. */
    void atSomeNode(Consumer<Coordinator> task) {
        atOneOf(nodes, task, () -> {});
    }

    /** Runs something at a random one of these nodes, or {@code otherwise} when that one is down. */
    void atOneOf(List<String> some, Consumer<Coordinator> task, Runnable otherwise) {
        String id = some.get(random.nextInt(some.size()));
        SimulatedProcess process = world.process(id);
        if (process.isRunning()) {
            Coordinator coordinator = coordinator(id);
            process.execute(() -> task.accept(coordinator));
        } else {
            otherwise.run();
        }
    }

    /** The nemesis strikes for so long; then all is healed and calm. */
    void suffer(long millis) {
        Nemesis nemesis = new Nemesis(world, nodes, NemesisPlan.usual(nodes.size() / 2));
        nemesis.begin();
        world.runFor(millis);
        nemesis.healAll();
        world.use(Faults.CALM);
    }

    /** As {@link #suffer}, and the clients' work is over with it. */
    void sufferAtWork(long millis) {
        suffer(millis);
        endWork();
        world.runFor(REST_MILLIS);
    }

    /** Asks a node's coordinator, and runs on until it has answered. */
    <T> T ask(String node, BiConsumer<Coordinator, Consumer<T>> question) {
        List<T> answers = new ArrayList<>();
        Coordinator coordinator = coordinator(node);
        world.process(node).execute(() -> question.accept(coordinator, answers::add));
        world.runUntil(() -> !answers.isEmpty(), ANSWER_MILLIS_MAX);
        if (answers.size() != 1) {
            throw new ViolationException("a request was answered " + answers.size() + " times");
        }
        return answers.get(0);
    }

    boolean isAgreed(Key key) {
        return this.<Inspection>ask(nodes.get(0), (at, done) -> at.inspect(key, 2_000, done))
                .agree();
    }

    /** Runs on until it holds. */
    void until(String otherwise, long millisMax, BooleanSupplier holds) {
        for (long waited = 0; !holds.getAsBoolean(); waited += 1_000) {
            if (waited > millisMax) {
                throw new ViolationException(millisMax / 1_000 + " s after all was healed, " + otherwise);
            }
            world.runFor(1_000);
        }
    }
}
