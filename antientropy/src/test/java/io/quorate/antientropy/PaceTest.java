package io.quorate.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.antientropy.Pace.Transfer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Background repair gives way when transfers take long, and keeps to its bytes. */
final class PaceTest {
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SOME_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ManualTime time = new ManualTime();
    private final Deque<Transfer> running = new ArrayDeque<>();

    @Test
    void quickTransfersMakeRoomForMoreAndSlowOnesForLess() {
        Pace pace = new Pace(time, time, Long.MAX_VALUE / 4);
        ask(pace, 5_000);
        int first = running.size();

        rounds(10, QUICK_NANOS);
        int wide = running.size();
        rounds(20, SLOW_NANOS);
        int narrow = running.size();
        rounds(30, QUICK_NANOS);

        assertThat(wide).isGreaterThan(first);
        assertThat(narrow).isLessThan(wide / 2).isPositive();
        assertThat(running.size()).isGreaterThan(narrow);
    }

    /** Of delays that repair alone may take it gives way to clients. */
    @Test
    void besideClientsLittleDelayIsEnoughToGiveWay() {
        Pace pace = new Pace(time, time, Long.MAX_VALUE / 4);
        ask(pace, 100_000);
        rounds(20, QUICK_NANOS);
        rounds(200, SOME_NANOS);
        assertThat(running.size()).as("alone").isGreaterThan(16);

        for (int i = 0; i < 300; i++) {
            pace.onClientRequest();
            rounds(1, SOME_NANOS);
        }
        assertThat(running).as("beside clients, in a rest").isEmpty();

        time.runTimers();
        assertThat(running).as("beside clients, after a rest").hasSize(16);
        rounds(300, SOME_NANOS);
        time.runTimers();
        rounds(300, SOME_NANOS);
        assertThat(running.size()).as("alone again").isGreaterThan(16);
    }

    @Test
    void besideClientsItRestsHoweverQuickTransfersAre() {
        Pace pace = new Pace(time, time, Long.MAX_VALUE / 4);
        ask(pace, 100_000);
        for (int i = 0; i < 1_000; i++) {
            pace.onClientRequest();
        }
        rounds(1, TimeUnit.SECONDS.toNanos(1));
        for (int i = 0; i < 500; i++) {
            time.runTimers();
            assertThat(running).hasSize(16);
            rounds(1, QUICK_NANOS);
            assertThat(running).isEmpty();
        }
    }

    @Test
    void bytesBeyondTheBudgetWaitForTheirTime() {
        Pace pace = new Pace(time, time, 1_000);
        ask(pace, 50);
        while (!running.isEmpty()) {
            running.poll().end(500);
            time.runTasks();
        }
        // The first second's bytes are spent, and those of transfers that were under way already.
        time.runTimers();
        assertThat(running).isEmpty();

        time.pass(TimeUnit.SECONDS.toNanos(30));
        time.runTimers();
        assertThat(running).isNotEmpty();
    }

    private void ask(Pace pace, int transfers) {
        for (int i = 0; i < transfers; i++) {
            pace.acquire(running::add);
        }
        time.runTasks();
    }

    private void rounds(int rounds, long tookNanos) {
        for (int i = 0; i < rounds; i++) {
            time.pass(tookNanos);
            int now = running.size();
            for (int ended = 0; ended < now; ended++) {
                running.poll().end(1);
            }
            time.runTasks();
        }
    }
}
