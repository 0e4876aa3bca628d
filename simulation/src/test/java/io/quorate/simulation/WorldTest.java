package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorldTest {
    private final World world = new World(1, Faults.CALM);
    private final List<String> happened = new ArrayList<>();

    @Test
    void stepsRunByTimeAndThenInTheOrderOfScheduling() {
        world.schedule(20, () -> happened.add("c at " + world.nowMillis()));
        world.schedule(10, () -> happened.add("a at " + world.nowMillis()));
        world.schedule(10, () -> happened.add("b at " + world.nowMillis()));

        world.runFor(15);
        assertThat(happened).containsExactly("a at 10", "b at 10");
        assertThat(world.nowMillis()).isEqualTo(15);

        world.runFor(5);
        assertThat(happened).endsWith("c at 20").hasSize(3);
    }

    @Test
    void timersOfAProcessRunInOrderAndNotOnceCancelled() {
        Toy toy = world.add("n1", Toy::new).start().program(Toy.class);
        Scheduler scheduler = toy.ports.scheduler();
        Scheduler.Timer cancelled = scheduler.schedule(5, () -> happened.add("cancelled"));
        scheduler.schedule(10, () -> happened.add("late"));
        scheduler.schedule(1, () -> {
            happened.add("early");
            cancelled.cancel();
            scheduler.execute(() -> happened.add("soon"));
            happened.add("early goes on");
        });
        scheduler.schedule(Long.MAX_VALUE, () -> happened.add("never"));

        world.runFor(1_000);

        assertThat(happened).containsExactly("early", "early goes on", "soon", "late");
    }

    @Test
    void timersAreLateByTheTickAndNeverEarly() {
        World ticking = new World(1, Faults.CALM.withTick(Delay.between(0, 20_000)));
        Toy toy = ticking.add("n1", Toy::new).start().program(Toy.class);
        List<Long> ran = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            toy.ports.scheduler().schedule(100, () -> ran.add(ticking.nowNanos()));
        }

        ticking.runFor(1_000);

        assertThat(ran).hasSize(50).allMatch(at -> at >= 100_000_000L && at <= 120_000_000L);
        assertThat(ran.get(49)).isGreaterThan(110_000_000L);
    }

    @Test
    void runUntilStopsAtTheEventThatMakesItTrue() {
        world.schedule(10, () -> happened.add("a"));
        world.schedule(10, () -> happened.add("b"));

        assertThat(world.runUntil(() -> happened.contains("a"), 1_000)).isTrue();
        assertThat(happened).containsExactly("a");
        assertThat(world.nowMillis()).isEqualTo(10);
        assertThat(world.runUntil(() -> happened.contains("c"), 1_000)).isFalse();
        assertThat(world.nowMillis()).isEqualTo(1_010);
    }

    @Test
    void anEventCannotRunTheWorld() {
        world.schedule(1, () -> world.runFor(1));

        assertThatThrownBy(() -> world.runFor(10)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void streamsOfOneNameAreAlikeAndOfAnotherAreNot() {
        long first = world.random("disk").nextLong();

        assertThat(world.random("disk").nextLong()).isEqualTo(first);
        assertThat(world.random("network").nextLong()).isNotEqualTo(first);
        assertThat(new World(2, Faults.CALM).random("disk").nextLong()).isNotEqualTo(first);
    }

    @Test
    void theTotalOfEventsIsBounded() {
        World small = new World(9, Faults.CALM, Limits.DEFAULT.withEventsMax(1_000));
        every(small, 1);

        assertThatThrownBy(() -> small.runFor(100_000))
                .isInstanceOf(LivelockException.class)
                .hasMessageContaining("seed 9")
                .hasMessageContaining("1000");
    }

    @Test
    void aLoopThatTakesNoTimeIsFound() {
        every(world, 0);

        assertThatThrownBy(() -> world.runFor(10)).isInstanceOf(LivelockException.class);
    }

    @Test
    void whatWaitsIsBounded() {
        World small = new World(1, Faults.CALM, new Limits(1_000, 1_000, 10, 0));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 11; i++) {
                        small.schedule(1, () -> {});
                    }
                })
                .isInstanceOf(LivelockException.class);
    }

    @Test
    void whatAProgramThrowsNamesSeedAndPlace() {
        SimulatedProcess process = world.add("n1", Toy::new).start();
        process.execute(() -> {
            throw new AssertionError("impossible");
        });

        assertThatThrownBy(() -> world.runFor(1))
                .isInstanceOf(ProgramException.class)
                .hasMessageContaining("seed 1")
                .hasMessageContaining("n1")
                .hasRootCauseMessage("impossible");
    }

    @Test
    void checksRunAfterEveryEvent() {
        world.afterEachEvent(() -> happened.add("checked"));
        world.schedule(1, () -> happened.add("event"));
        world.schedule(2, () -> happened.add("event"));

        world.runFor(10);

        assertThat(happened).containsExactly("event", "checked", "event", "checked");
    }

    @Test
    void theLogKeepsTheLastEvents() {
        World small = new World(1, Faults.CALM, Limits.DEFAULT.withLogged(2));
        for (int i = 0; i < 5; i++) {
            small.note("remark " + i);
        }

        assertThat(small.log()).hasSize(2);
        assertThat(small.log().get(1)).contains("remark 4");
    }

    private static void every(World world, long millis) {
        world.schedule(millis, () -> every(world, millis));
    }
}
