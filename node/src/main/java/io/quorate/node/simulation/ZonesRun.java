package io.quorate.node.simulation;

import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Key;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Quorum;
import io.quorate.node.simulation.Scenario.Verdict;
import io.quorate.simulation.Faults;
import io.quorate.simulation.Nemesis;
import io.quorate.simulation.NemesisPlan;
import io.quorate.simulation.SimulatedProcess;
import io.quorate.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One run: clients of two zones read and write by the quorum of their own, under the nemesis first, then while nothing passes
 * between the zones. A node joins one of them meanwhile.
 *
 * <p>All along, a read reflects every write that was acknowledged in its zone before. While only the way between the zones is cut,
 * no request of either fails. Once they are in touch again the replicas become identical, and nothing is lost.
 */
final class ZonesRun {
    private static final int PARTITIONS = 16;
    private static final int KEYS = 5;
    private static final long TROUBLE_MILLIS = 30_000;
    /** All nodes serve again; the newcomer may be halfway in, and go no further during the cut. */
    private static final long SETTLING_MILLIS = 10_000;

    private static final long CUT_MILLIS = 30_000;
    private static final long CONVERGENCE_MILLIS_MAX = 60_000;

    private final World world;
    private final List<String> nodes;
    private final List<String> east;
    private final List<String> west;
    private final History history = new History(false);
    private final List<Key> keys;
    private final RandomGenerator random;
    private boolean working = true;
    private boolean mustServe;

    ZonesRun(long seed, int nodeCount, Rules rules) {
        world = new World(seed, Faults.ROUGH);
        random = world.random("scenario");
        keys = IntStream.range(0, KEYS)
                .mapToObj(i -> Key.of("bucket", "key-" + i))
                .toList();
        nodes = IntStream.rangeClosed(1, nodeCount + 1).mapToObj(i -> "n" + i).toList();
        east = nodes.subList(0, nodeCount / 2);
        west = nodes.subList(nodeCount / 2, nodeCount);
        List<String> founders = nodes.subList(0, nodeCount);
        MemberTable founding = MemberTable.founding(new Members(
                "simulated",
                PARTITIONS,
                1,
                founders.stream()
                        .map(id -> new Member(id, id, "", east.contains(id) ? "east" : "west", 1))
                        .toList()));
        nodes.forEach(id -> world.add(id, ports -> new SimulatedNode(ports, founding, rules, "east")));
        founders.forEach(id -> world.process(id).start());
    }

    Verdict play() {
        ZoneClient inEast = new ZoneClient("east", history, keys, world.random("client/east"), () -> mustServe);
        ZoneClient inWest = new ZoneClient("west", history, keys, world.random("client/west"), () -> mustServe);
        world.runFor(3_000);
        actSoon(inEast, east);
        actSoon(inWest, west);
        SimulatedProcess newcomer = world.process(nodes.get(nodes.size() - 1));
        world.schedule(random.nextLong(TROUBLE_MILLIS), () -> {
            if (!newcomer.isRunning()) {
                newcomer.start();
            }
        });
        Nemesis nemesis = new Nemesis(world, nodes, NemesisPlan.usual(nodes.size() / 2));
        nemesis.begin();
        world.runFor(TROUBLE_MILLIS);
        nemesis.healAll();
        world.use(Faults.CALM);
        world.runFor(SETTLING_MILLIS);
        nodes.stream()
                .filter(id -> !west.contains(id))
                .forEach(one -> west.forEach(other -> world.network().cut(one, other)));
        mustServe = true;
        world.runFor(CUT_MILLIS);
        working = false;
        world.runFor(5_000);
        world.network().heal();
        converge();
        keys.forEach(this::reckon);
        return new Verdict(
                world.traceHash(),
                history.attempts().size(),
                (int) history.attempts().stream()
                        .filter(attempt -> attempt.acknowledged)
                        .count(),
                inEast.reads() + inWest.reads(),
                inEast.comparisons() + inWest.comparisons());
    }

    private void actSoon(ZoneClient client, List<String> zone) {
        world.schedule(1 + random.nextLong(150), () -> {
            if (working) {
                SimulatedProcess process = world.process(zone.get(random.nextInt(zone.size())));
                if (process.isRunning()) {
                    Coordinator node = process.program(SimulatedNode.class).coordinator();
                    process.execute(() -> client.act(node));
                }
                actSoon(client, zone);
            }
        });
    }

    private void converge() {
        for (long waited = 0; !keys.stream().allMatch(this::isAgreed); waited += 1_000) {
            if (waited > CONVERGENCE_MILLIS_MAX) {
                throw new ViolationException("a minute after the zones were in touch again, replicas differ");
            }
            world.runFor(1_000);
        }
    }

    private boolean isAgreed(Key key) {
        return this.<Inspection>await((node, done) -> node.inspect(key, 2_000, done))
                .agree();
    }

    private void reckon(Key key) {
        ReadOptions everything = ReadOptions.DEFAULT.withR(Quorum.ALL);
        Result<ReadAnswer> result = await((node, done) -> node.get(key, everything, done));
        if (result instanceof Result.Done<ReadAnswer> done) {
            history.requireNoneMissing(key, history.acknowledged(key, false), done.answer(), "the healed cluster");
        } else {
            throw new ViolationException("the healed cluster cannot read " + key + ": " + result);
        }
    }

    /** A question to a coordinator, and where its answer goes. */
    private interface Question<T> {
        void ask(Coordinator coordinator, Consumer<T> done);
    }

    private <T> T await(Question<T> question) {
        List<T> answers = new ArrayList<>();
        SimulatedProcess process = world.process(east.get(0));
        Coordinator coordinator = process.program(SimulatedNode.class).coordinator();
        process.execute(() -> question.ask(coordinator, answers::add));
        world.runUntil(() -> !answers.isEmpty(), 10_000);
        if (answers.size() != 1) {
            throw new ViolationException("a request was answered " + answers.size() + " times");
        }
        return answers.get(0);
    }
}
