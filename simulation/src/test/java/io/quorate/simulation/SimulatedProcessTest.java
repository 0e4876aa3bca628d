package io.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SimulatedProcessTest {
    private World world = new World(1, Faults.CALM);
    private SimulatedProcess process = world.add("n1", Toy::new).start();
    private Toy toy = process.program(Toy.class);
    private final List<String> happened = new ArrayList<>();

    @Test
    void aCrashTakesAllThatWasUnderWay() {
        toy.ports.scheduler().schedule(10, () -> happened.add("timer"));
        toy.ports.scheduler().execute(() -> happened.add("task"));
        toy.write("k", "v", outcome -> happened.add("durable"));
        toy.ask("n1", 1);

        process.crash();
        process.start();
        world.runFor(1_000);

        assertThat(happened).isEmpty();
        assertThat(toy.asked).isEmpty();
        assertThat(process.program(Toy.class).asked).isEmpty();
    }

    @Test
    void theMarkOfACleanStopServesOneStart() {
        assertThat(toy.ports.lastCleanStop()).as("the first start").isEmpty();
        process.stop();
        assertThat(process.isRunning()).isFalse();
        assertThat(process.start().program(Toy.class).ports.lastCleanStop())
                .hasValueSatisfying(mark -> assertThat(mark.incarnation()).isEqualTo(7));
        process.crash();
        assertThat(process.start().program(Toy.class).ports.lastCleanStop()).isEmpty();
    }

    @Test
    void everyStartHasItsOwnRandomStream() {
        long before = toy.ports.random().nextLong();
        process.crash();

        assertThat(process.start().program(Toy.class).ports.random().nextLong()).isNotEqualTo(before);
    }

    @Test
    void aPauseKeepsEverythingWaitingWhileTimePasses() {
        Toy other = world.add("n2", Toy::new).start().program(Toy.class);
        other.ask("n1", 0);
        world.runFor(10);
        toy.ports.scheduler().schedule(100, () -> happened.add("timer"));
        toy.write("k", "v", outcome -> happened.add("durable"));
        long realtime = process.clock().realtimeMillis();
        process.pause();
        other.ask("n1", 1);
        world.runFor(1_000);

        assertThat(process.isPaused()).isTrue();
        assertThat(happened).isEmpty();
        assertThat(toy.asked).containsExactly(0);
        assertThat(other.replies).hasSize(1);

        process.resume();
        assertThat(happened).isEmpty();
        world.runFor(10);
        assertThat(happened).containsExactlyInAnyOrder("timer", "durable");
        assertThat(toy.asked).containsExactly(0, 1);
        assertThat(other.replies).hasSize(2);
        assertThat(process.clock().realtimeMillis() - realtime).isEqualTo(1_010);
    }

    @Test
    void afterAPauseTimersMayComeBeforeWhatCameEarlier() {
        TreeSet<String> orders = new TreeSet<>();
        for (int seed = 0; seed < 20; seed++) {
            world = new World(seed, Faults.CALM);
            process = world.add("n1", Toy::new).start();
            toy = process.program(Toy.class);
            List<String> order = new ArrayList<>();
            process.pause();
            toy.ports.scheduler().execute(() -> order.add("task"));
            toy.ports.scheduler().schedule(100, () -> order.add("timer"));
            world.runFor(200);
            process.resume();
            world.runFor(1);
            orders.add(String.join(",", order));
        }

        assertThat(orders).containsExactly("task,timer", "timer,task");
    }

    @Test
    void aTimerCancelledByWhatWaitedBeforeItDoesNotRun() {
        for (int seed = 0; seed < 20; seed++) {
            world = new World(seed, Faults.CALM);
            process = world.add("n1", Toy::new).start();
            toy = process.program(Toy.class);
            List<String> order = new ArrayList<>();
            var doomed = toy.ports.scheduler().schedule(100, () -> order.add("doomed"));
            toy.ports.scheduler().schedule(50, doomed::cancel);
            process.pause();
            world.runFor(200);
            process.resume();
            world.runFor(1);
            assertThat(order).isEmpty();
        }
    }

    @Test
    void whatWaitedInOnePauseRunsOnceAndSurvivesTheNext() {
        process.execute(() -> happened.add("task"));
        process.pause();
        world.runFor(10);
        process.resume();
        process.pause();
        world.runFor(10);
        assertThat(happened).isEmpty();
        process.resume();
        world.runFor(10);
        process.pause();
        process.resume();
        world.runFor(10);

        assertThat(happened).containsExactly("task");
    }

    @Test
    void aTimedPauseEndsByItself() {
        process.pauseFor(100);
        world.runFor(99);
        assertThat(process.isPaused()).isTrue();
        world.runFor(2);
        assertThat(process.isPaused()).isFalse();

        process.pauseFor(100);
        process.crash();
        process.start().pause();
        world.runFor(1_000);
        assertThat(process.isPaused()).as("that was another life's pause").isTrue();
    }

    @Test
    void aPausedProcessCanCrash() {
        process.pause();
        process.execute(() -> happened.add("task"));
        world.runFor(10);
        process.crash();
        process.start();
        world.runFor(10);

        assertThat(process.isPaused()).isFalse();
        assertThat(happened).isEmpty();
    }

    @Test
    void controlsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(process::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(process::resume).isInstanceOf(IllegalStateException.class);
        process.crash();
        assertThatThrownBy(process::crash).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(process::stop).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(process::pause).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(process::program).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> world.add("n1", Toy::new)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> world.process("n9")).isInstanceOf(IllegalArgumentException.class);
    }
}
