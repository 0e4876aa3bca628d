package io.quorate.node.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Standing;
import io.quorate.simulation.Delay;
import io.quorate.simulation.Faults;
import io.quorate.simulation.Limits;
import io.quorate.simulation.SimulatedProcess;
import io.quorate.simulation.World;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What gossip and failure detection promise of large clusters, in simulated ones. */
final class GossipTest {
    private static final Logger LOG = LoggerFactory.getLogger(GossipTest.class);
    private static final int ROUND_MILLIS = GossipNode.TIMING.intervalMillis();
    private static final int ROUNDS_MAX = 20;
    private static final int SETTLING_MILLIS = 5_000;
    private static final long WATCHED_MILLIS = 120_000;
    /** A round and a half of the rotation, the suspicion, the conviction. */
    private static final long CONVICTION_MILLIS_MAX = 25L * ROUND_MILLIS + 1_500 + 9_000;

    private static final Faults LOSSY = Faults.CALM
            .with(Faults.CALM.messages().withLoss(0.05).withDelay(new Delay(100, 2_000, 0.01, 200_000)))
            .withTick(Delay.between(0, 20_000));

    private final List<String> convictions = new ArrayList<>();
    private final Set<String> dead = new LinkedHashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void decisionsReachAllOfFiftyWithinTwentyRounds(long seed) {
        World world = founded(seed, 50, LOSSY);
        world.runFor(SETTLING_MILLIS);
        for (int i = 10; i < 15; i++) {
            String leaving = id(i);
            GossipNode decider = node(world, id(i + 20));
            world.process(id(i + 20)).execute(() -> decider.decide(table -> table.decide(leaving, Standing.LEAVING)));
        }
        world.runFor(1);
        int rounds = 0;
        while (!agree(world, table -> leaving(table) == 5) && rounds <= ROUNDS_MAX) {
            world.runFor(ROUND_MILLIS);
            rounds++;
        }
        LOG.info("seed {}: five decisions reached 50 nodes in {} rounds", seed, rounds);
        assertThat(rounds).isBetween(1, ROUNDS_MAX);
    }

    /** Each node knows two seeds and itself; the seeds die for good as soon as all have met. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoKnewOnlySeedsKnowsAllAndOutlivesThem(long seed) {
        World world = new World(seed, LOSSY);
        for (int i = 0; i < 50; i++) {
            add(world, id(i), founding(Stream.of(id(0), id(1), id(i)).distinct()));
        }
        world.processes().forEach(SimulatedProcess::start);
        assertThat(world.runUntil(
                        () -> agree(world, table -> table.entries().size() == 50), (long) ROUNDS_MAX * ROUND_MILLIS))
                .isTrue();
        crash(world, id(0));
        crash(world, id(1));
        world.runFor(SETTLING_MILLIS);

        GossipNode decider = node(world, id(7));
        world.process(id(7)).execute(() -> decider.decide(table -> table.decide(id(9), Standing.LEAVING)));

        assertThat(world.runUntil(() -> agree(world, table -> leaving(table) == 1), (long) ROUNDS_MAX * ROUND_MILLIS))
                .isTrue();
        SimulatedProcess restarted = world.process(id(30));
        restarted.crash();
        restarted.start();
        assertThat(world.runUntil(() -> node(world, id(30)).reachable().size() == 47, (long) ROUNDS_MAX * ROUND_MILLIS))
                .isTrue();
    }

    @Test
    void theLoadOfANodeDoesNotGrowWithTheCluster() {
        double ten = messagesPerNodeAndTick(10);
        double fifty = messagesPerNodeAndTick(50);
        LOG.info("messages per node and tick: {} of 10 nodes, {} of 50", ten, fifty);
        assertThat(fifty).isBetween(0.98 * ten, 1.02 * ten);
        assertThat(ten).isLessThanOrEqualTo(2.02 * FailureDetector.PROBES_MAX);
    }

    private double messagesPerNodeAndTick(int nodes) {
        World world = founded(1, nodes, Faults.CALM);
        world.runFor(10_000);
        long before = world.network().counts().sent();
        int ticks = 100;
        world.runFor((long) ticks * ROUND_MILLIS);
        return (double) (world.network().counts().sent() - before) / nodes / ticks;
    }

    /** Loss on every way, and each node stands still twice a minute for up to five seconds. */
    @ParameterizedTest
    @ValueSource(longs = 1)
    void nobodyIsConvictedForLossAndPausesAndTheDeadAre(long seed) {
        World world = founded(seed, 50, LOSSY);
        world.runFor(SETTLING_MILLIS);
        RandomGenerator random = world.random("pauses");
        world.processes().forEach(process -> pauseLater(world, process, random));
        world.runFor(WATCHED_MILLIS);
        // Under one an hour: so there may be none in a few minutes.
        assertThat(convictions).isEmpty();

        crash(world, id(25));
        assertThat(world.runUntil(
                        () -> all(world, node -> node.down().contains(id(25))), CONVICTION_MILLIS_MAX + 20_000))
                .isTrue();
        assertThat(convictions).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aDeadNodeIsAvoidedAndThenConvictedByAll(long seed) {
        // Of such a death no connection tells: the machine is gone.
        World world = founded(seed, 50, Faults.CALM);
        world.runFor(SETTLING_MILLIS);
        dead.add(id(25));
        world.network().isolate(id(25));
        long start = world.nowMillis();
        assertThat(runUntilAllAlive(world, node -> !node.reachable().contains(id(25)), 10_000))
                .isTrue();
        long avoided = world.nowMillis() - start;
        assertThat(runUntilAllAlive(world, node -> node.down().contains(id(25)), CONVICTION_MILLIS_MAX))
                .isTrue();
        LOG.info("seed {}: avoided by all after {} ms, convicted after {}", seed, avoided, world.nowMillis() - start);

        world.network().heal();
        assertThat(world.runUntil(
                        () -> all(world, node -> node.firstUnreachable().isEmpty()), 20_000))
                .isTrue();
    }

    private boolean runUntilAllAlive(World world, Predicate<GossipNode> condition, long maxMillis) {
        return world.runUntil(
                () -> running(world)
                        .filter(process -> !dead.contains(process.id()))
                        .map(process -> process.program(GossipNode.class))
                        .allMatch(condition),
                maxMillis);
    }

    private void pauseLater(World world, SimulatedProcess process, RandomGenerator random) {
        world.schedule(1 + random.nextLong(60_000), () -> {
            if (process.isRunning() && !process.isPaused()) {
                process.pauseFor(1 + random.nextLong(5_000));
            }
            pauseLater(world, process, random);
        });
    }

    private World founded(long seed, int nodes, Faults faults) {
        World world = new World(seed, faults, Limits.DEFAULT.withEventsMax(1_000_000_000));
        MemberTable founding = founding(IntStream.range(0, nodes).mapToObj(GossipTest::id));
        IntStream.range(0, nodes).forEach(i -> add(world, id(i), founding));
        world.processes().forEach(SimulatedProcess::start);
        return world;
    }

    private void add(World world, String id, MemberTable initial) {
        world.add(
                id,
                ports -> new GossipNode(ports, initial, (by, whom) -> {
                    if (!dead.contains(whom)) {
                        convictions.add(world.nowMillis() + ": " + by + " convicts " + whom);
                    }
                }));
    }

    private void crash(World world, String id) {
        dead.add(id);
        world.process(id).crash();
    }

    private static MemberTable founding(Stream<String> ids) {
        return MemberTable.founding(new Members(
                "c",
                16,
                1,
                ids.map(id -> new Member(id, id + ":1", id + ":2", "", 1)).toList()));
    }

    private static boolean agree(World world, Predicate<MemberTable> condition) {
        return all(world, node -> condition.test(node.table()));
    }

    private static long leaving(MemberTable table) {
        return table.stream()
                .filter(entry -> entry.standing() == Standing.LEAVING)
                .count();
    }

    private static boolean all(World world, Predicate<GossipNode> condition) {
        return running(world).map(process -> process.program(GossipNode.class)).allMatch(condition);
    }

    private static Stream<SimulatedProcess> running(World world) {
        return world.processes().stream().filter(SimulatedProcess::isRunning);
    }

    private static GossipNode node(World world, String id) {
        return world.process(id).program(GossipNode.class);
    }

    private static String id(int i) {
        return "n%02d".formatted(i);
    }
}
