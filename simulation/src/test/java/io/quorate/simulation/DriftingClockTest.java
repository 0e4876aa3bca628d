package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DriftingClockTest {
    private static final Faults.Clocks WILD = new Faults.Clocks(200, 1_000, 500, 20_000, 500);

    @Test
    void anExactClockIsVirtualTime() {
        World world = new World(1, Faults.CALM);
        SimulatedProcess process = world.add("n1", Toy::new);
        world.runFor(12_345);

        assertThat(process.clock().monotonicNanos()).isEqualTo(world.nowNanos());
        assertThat(process.clock().realtimeMillis()).isEqualTo(DriftingClock.EPOCH_MILLIS + 12_345);
    }

    @Test
    void aWildClockJumpsBothWaysWithinItsBounds() {
        World world = new World(1, Faults.CALM.with(WILD));
        SimulatedProcess process = world.add("n1", Toy::new);
        List<Long> steps = new ArrayList<>();
        long before = process.clock().realtimeMillis();
        for (int i = 0; i < 20_000; i++) {
            world.runFor(10);
            long now = process.clock().realtimeMillis();
            assertThat(now - DriftingClock.EPOCH_MILLIS - world.nowMillis()).isBetween(-1_001L, 1_001L);
            steps.add(now - before);
            before = now;
        }

        assertThat(steps).anyMatch(step -> step < -50).anyMatch(step -> step > 100);
        assertThat(steps.stream().filter(step -> step >= 9 && step <= 11)).hasSizeGreaterThan(19_000);
    }

    @Test
    void aClockThatOnlyDriftsGoesSteadily() {
        World world = new World(1, Faults.CALM.with(new Faults.Clocks(0, 10_000, 500, 0, 0)));
        SimulatedProcess process = world.add("n1", Toy::new);
        world.runFor(1_000_000);
        long drift = process.clock().realtimeMillis() - DriftingClock.EPOCH_MILLIS - world.nowMillis();
        world.runFor(1_000_000);
        long twice = process.clock().realtimeMillis() - DriftingClock.EPOCH_MILLIS - world.nowMillis();

        assertThat(Math.abs(drift)).isBetween(1L, 500L);
        assertThat(twice).isBetween(2 * drift - 1, 2 * drift + 1);
    }

    @Test
    void howOftenItIsReadChangesNothing() {
        assertThat(readAfterAnHour(60_000)).isEqualTo(readAfterAnHour(1));
    }

    @Test
    void clocksOfTwoProcessesDiffer() {
        World world = new World(1, Faults.CALM.with(WILD));

        assertThat(world.add("n1", Toy::new).clock().realtimeMillis())
                .isNotEqualTo(world.add("n2", Toy::new).clock().realtimeMillis());
    }

    private static long readAfterAnHour(int reads) {
        World world = new World(4, Faults.CALM.with(WILD));
        SimulatedProcess process = world.add("n1", Toy::new);
        long last = 0;
        for (int i = 0; i < reads; i++) {
            world.runFor(3_600_000 / reads);
            last = process.clock().realtimeMillis();
        }
        return last;
    }
}
