package io.quorate.node.simulation;

import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.core.Key;
import io.quorate.core.cluster.Quorum;
import io.quorate.node.simulation.Scenario.Verdict;
import io.quorate.simulation.SimulatedProcess;
import io.quorate.simulation.World;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One run: clients of two zones read and write by the quorum of their own, under the nemesis first, then while nothing passes
 * between the zones. A node joins one of them meanwhile.
 *
 * <p>All along, a read reflects every write that was acknowledged in its zone before. While only the way between the zones is cut,
 * no request of either fails. Once they are in touch again the replicas become identical, and nothing is lost.
 */
final class ZonesRun {
    private static final int KEYS = 5;
    private static final long TROUBLE_MILLIS = 30_000;
    /** All nodes serve again; the newcomer may be halfway in, and go no further during the cut. */
    private static final long SETTLING_MILLIS = 10_000;

    private static final long CUT_MILLIS = 30_000;
    private static final long CONVERGENCE_MILLIS_MAX = 60_000;

    private final SimulatedCluster cluster;
    private final World world;
    /** The newcomer is to be of this zone too. */
    private final List<String> east;

    private final List<String> west;
    private final History history = new History(false);
    private final List<Key> keys;
    private boolean mustServe;

    ZonesRun(long seed, int nodeCount, Rules rules) {
        List<String> inWest = IntStream.rangeClosed(nodeCount / 2 + 1, nodeCount)
                .mapToObj(i -> "n" + i)
                .toList();
        cluster = SimulatedCluster.of(seed, nodeCount, 1, rules, id -> inWest.contains(id) ? "west" : "east");
        world = cluster.world();
        east = cluster.nodes().subList(0, nodeCount / 2);
        west = cluster.nodes().subList(nodeCount / 2, nodeCount);
        keys = IntStream.range(0, KEYS)
                .mapToObj(i -> Key.of("bucket", "key-" + i))
                .toList();
    }

    Verdict play() {
        ZoneClient inEast = new ZoneClient("east", history, keys, world.random("client/east"), () -> mustServe);
        ZoneClient inWest = new ZoneClient("west", history, keys, world.random("client/west"), () -> mustServe);
        world.runFor(3_000);
        keepActing(inEast, east);
        keepActing(inWest, west);
        List<String> nodes = cluster.nodes();
        SimulatedProcess newcomer = world.process(nodes.get(nodes.size() - 1));
        world.schedule(cluster.random().nextLong(TROUBLE_MILLIS), () -> {
            if (!newcomer.isRunning()) {
                newcomer.start();
            }
        });
        cluster.suffer(TROUBLE_MILLIS);
        world.runFor(SETTLING_MILLIS);
        nodes.stream()
                .filter(id -> !west.contains(id))
                .forEach(one -> west.forEach(other -> world.network().cut(one, other)));
        mustServe = true;
        world.runFor(CUT_MILLIS);
        cluster.endWork();
        world.runFor(5_000);
        world.network().heal();
        cluster.until(
                "replicas differ", CONVERGENCE_MILLIS_MAX, () -> keys.stream().allMatch(cluster::isAgreed));
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

    private void keepActing(ZoneClient client, List<String> zone) {
        cluster.keepDoing(150, () -> cluster.atOneOf(zone, client::act, () -> {}));
    }

    private void reckon(Key key) {
        ReadOptions everything = ReadOptions.DEFAULT.withR(Quorum.ALL);
        Result<ReadAnswer> result = cluster.ask(east.get(0), (node, done) -> node.get(key, everything, done));
        if (result instanceof Result.Done<ReadAnswer> done) {
            history.requireNoneMissing(key, history.acknowledged(key, false), done.answer(), "the healed cluster");
        } else {
            throw new ViolationException("the healed cluster cannot read " + key + ": " + result);
        }
    }
}
