package io.quorate.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.Scheduler;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private final TimerWheel wheel = new TimerWheel();
    private final List<String> ran = new ArrayList<>();

    /** Against the plain truth: at each step exactly the tasks run whose tick has come, were they one lap away or many. */
    @Property(tries = 300)
    void everyTaskRunsWhenItsTickComesAndNotBefore(
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 2_000) Integer> delays,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 700) Integer> steps) {
        TimerWheel anyWheel = new TimerWheel();
        List<Integer> done = new ArrayList<>();
        delays.forEach(delay -> anyWheel.add(delay, () -> done.add(delay)));

        int now = 0;
        for (int step : steps) {
            now += step;
            advanceAsTold(anyWheel, now);
            int reached = now;
            List<Integer> due =
                    delays.stream().filter(delay -> delay <= reached).toList();
            assertThat(done).containsExactlyInAnyOrderElementsOf(due);
            assertThat(anyWheel.isEmpty()).isEqualTo(due.size() == delays.size());
        }
    }

    /** Only where the wheel says that there is something to do. */
    private static void advanceAsTold(TimerWheel wheel, long toTick) {
        for (long next = wheel.next(); next <= toTick; next = wheel.next()) {
            wheel.advance(next);
        }
    }

    @Test
    void earlierTicksRunFirstAndOneTicksTasksInTheirOrder() {
        add(7, "b");
        add(3, "a");
        add(7, "c");

        wheel.advance(10);

        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void aCancelledTaskDoesNotRunEvenWhenAnotherOfItsTickCancelsIt() {
        Scheduler.Timer[] second = new Scheduler.Timer[1];
        wheel.add(1, () -> second[0].cancel());
        second[0] = add(1, "cancelled by the first");
        Scheduler.Timer third = add(2, "cancelled before");
        third.cancel();
        third.cancel();

        wheel.advance(5);

        assertThat(ran).isEmpty();
        assertThat(wheel.isEmpty()).isTrue();
    }

    @Test
    void aTaskMayAddOthers() {
        wheel.add(1, () -> add(6, "later"));

        wheel.advance(5);
        assertThat(ran).isEmpty();
        wheel.advance(6);
        assertThat(ran).containsExactly("later");
    }

    @Test
    void aTaskThatThrowsKeepsNoOtherFromRunning() {
        wheel.add(1, () -> {
            throw new IllegalStateException("a bug");
        });
        add(1, "the other");

        assertThatThrownBy(() -> wheel.advance(1)).hasMessage("a bug");
        wheel.advance(1);

        assertThat(ran).containsExactly("the other");
        assertThat(wheel.isEmpty()).isTrue();
    }

    @Test
    void thePastTakesNoTasks() {
        wheel.advance(5);

        assertThatThrownBy(() -> add(5, "late")).isInstanceOf(IllegalArgumentException.class);
    }

    private Scheduler.Timer add(long tick, String name) {
        return wheel.add(tick, () -> ran.add(name));
    }
}
