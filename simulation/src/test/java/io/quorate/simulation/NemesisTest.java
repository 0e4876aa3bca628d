package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whole runs of a small program in a rough world with a nemesis. */
final class NemesisTest {
    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4", "n5");

    private record Run(World world, Nemesis nemesis, Map<String, SortedMap<Bytes, Long>> durable) {
        static Run of(long seed, Faults faults, NemesisPlan plan) {
            World world = new World(seed, faults);
            Map<String, SortedMap<Bytes, Long>> durable = new TreeMap<>();
            for (String id : NODES) {
                durable.put(id, Gossip.nothing());
                Gossip.addTo(world, id, NODES, durable.get(id)).start();
            }
            Nemesis nemesis = new Nemesis(world, NODES, plan);
            nemesis.begin();
            return new Run(world, nemesis, durable);
        }
    }

    private static NemesisPlan busy(int downMax) {
        return NemesisPlan.usual(downMax).every(200).lasting(50, 2_000);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (long seed = 0; seed < 4; seed++) {
            Run one = Run.of(seed, Faults.ROUGH, busy(2));
            Run two = Run.of(seed, Faults.ROUGH, busy(2));
            for (int second = 0; second < 20; second++) {
                one.world.runFor(1_000);
                two.world.runFor(1_000);
                assertThat(two.world.traceHash()).isEqualTo(one.world.traceHash());
            }
            assertThat(two.world.events()).isEqualTo(one.world.events()).isGreaterThan(10_000);
            assertThat(two.world.log()).isEqualTo(one.world.log());
        }
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        Run one = Run.of(1, Faults.CALM, busy(2));
        Run two = Run.of(2, Faults.CALM, busy(2));
        one.world.runFor(1_000);
        two.world.runFor(1_000);

        assertThat(two.world.traceHash()).isNotEqualTo(one.world.traceHash());
    }

    @Test
    void allTroublesHappenAndAllFaultsWithThem() {
        Run run = Run.of(3, Faults.ROUGH, busy(2).with(Trouble.WIPE, 1));
        run.world.runFor(120_000);

        assertThat(run.nemesis.made()).containsOnlyKeys(Trouble.values());
        NetworkCounts counts = run.world.network().counts();
        assertThat(List.of(
                        counts.lost(),
                        counts.duplicated(),
                        counts.overtook(),
                        counts.late(),
                        counts.refused(),
                        counts.broken()))
                .allMatch(count -> count > 0);
    }

    @Test
    void noMoreNodesAreInTroubleThanThePlanAllows() {
        Run run = Run.of(4, Faults.ROUGH, busy(1));
        run.world.afterEachEvent(() -> {
            int down = 0;
            for (SimulatedProcess process : run.world.processes()) {
                down += !process.isRunning() || process.isPaused() ? 1 : 0;
            }
            if (down > 1 || run.nemesis.troubled().size() > 1) {
                throw new AssertionError("more than one is down: " + run.nemesis.troubled());
            }
        });
        run.world.runFor(30_000);

        assertThat(run.nemesis.made()).containsKey(Trouble.CRASH);
    }

    @Test
    void whatWasDurableIsNeverLost() {
        for (long seed = 0; seed < 10; seed++) {
            Run run = Run.of(seed, Faults.ROUGH, busy(5));
            run.world.runFor(20_000);
            for (String id : NODES) {
                SortedMap<Bytes, Bytes> contents = run.world.process(id).disk().contents();
                run.durable
                        .get(id)
                        .forEach((key, value) ->
                                assertThat(Gossip.decode(contents.get(key))).isGreaterThanOrEqualTo(value));
                assertThat(run.durable.get(id)).isNotEmpty();
            }
        }
    }

    @Test
    void healAllEndsEveryTroubleForGood() {
        Run run = Run.of(6, Faults.ROUGH, busy(5));
        run.world.runFor(20_000);
        run.nemesis.healAll();
        Map<Trouble, Integer> made = Map.copyOf(run.nemesis.made());
        run.world.use(Faults.CALM);
        run.world.runFor(20_000);

        assertThat(run.nemesis.made()).isEqualTo(made);
        assertThat(run.world.processes())
                .allMatch(process -> process.isRunning()
                        && !process.isPaused()
                        && !process.disk().isFull());
        for (String from : NODES) {
            for (String to : NODES) {
                assertThat(run.world.network().isCut(from, to)).isFalse();
            }
        }
        long lost = run.world.network().counts().lost();
        run.world.runFor(20_000);
        assertThat(run.world.network().counts().lost()).isEqualTo(lost);
    }
}
