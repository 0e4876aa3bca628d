package io.quorate.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxSchedulerTest {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final Context context = vertx.getOrCreateContext();
    private final VertxScheduler scheduler = new VertxScheduler(context, new SystemClock());
    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aTaskRunsAfterTheCallThatGaveItAndOnTheContext() throws Exception {
        scheduler.execute(() -> {
            scheduler.execute(() -> events.add("later, on its context: " + (Vertx.currentContext() == context)));
            events.add("first");
        });

        assertThat(take(2)).containsExactly("first", "later, on its context: true");
    }

    @Test
    void aTaskForALoopThatHasEndedIsDropped() throws Exception {
        stop();

        scheduler.execute(() -> events.add("ran"));

        assertThat(events).isEmpty();
    }

    @Test
    void delayedTasksRunInTimeAndCancelledOnesDoNot() throws Exception {
        CompletableFuture<Long> tookNanos = new CompletableFuture<>();
        scheduler.execute(() -> {
            long startNanos = System.nanoTime();
            Scheduler.Timer cancelled = scheduler.schedule(20, () -> events.add("cancelled"));
            scheduler.schedule(5, cancelled::cancel);
            Thread loop = Thread.currentThread();
            scheduler.schedule(60, () -> {
                events.add("on its loop: " + (Thread.currentThread() == loop));
                tookNanos.complete(System.nanoTime() - startNanos);
            });
        });

        assertThat(take(1)).containsExactly("on its loop: true");
        assertThat(tookNanos.get(10, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(60));
    }

    @Test
    void theWheelTurnsAgainAfterItStoodStill() throws Exception {
        for (int round = 0; round < 3; round++) {
            scheduler.execute(() -> scheduler.schedule(1, () -> events.add("ran")));
            assertThat(take(1)).containsExactly("ran");
            // The next one comes when the wheel has had a turn to notice that it is empty, or while it still turns.
            CompletableFuture<Void> quiet = new CompletableFuture<>();
            vertx.setTimer(round == 0 ? 1 : 40, id -> quiet.complete(null));
            quiet.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aTaskThatThrowsIsReportedAndTheOthersRun() throws Exception {
        CompletableFuture<Throwable> reported = new CompletableFuture<>();
        context.exceptionHandler(reported::complete);
        scheduler.execute(() -> {
            scheduler.schedule(1, () -> {
                throw new IllegalStateException("a bug");
            });
            scheduler.schedule(1, () -> events.add("the other"));
        });

        assertThat(take(1)).containsExactly("the other");
        assertThat(reported.get(10, TimeUnit.SECONDS)).hasMessage("a bug");
    }

    @Test
    void aLoopWithNothingDueSleeps() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        VertxScheduler watched = new VertxScheduler(context, clock(() -> {
            looks.incrementAndGet();
            return System.nanoTime();
        }));

        watched.execute(() -> {
            watched.schedule(5_000, () -> events.add("much later"));
            watched.schedule(500, () -> events.add("ran"));
            looks.set(0);
        });

        assertThat(take(1)).containsExactly("ran");
        assertThat(looks.get()).as("looks at the clock in 50 ticks").isLessThan(10);
    }

    /** By a clock that the test sets: what was asked for at 560 and 740 is due at 500, when what is due at 510 is not. */
    @Test
    void coarseTasksShareAWakeUp() throws Exception {
        AtomicLong millis = new AtomicLong();
        VertxScheduler set = new VertxScheduler(context, clock(() -> TimeUnit.MILLISECONDS.toNanos(millis.get())));

        set.execute(() -> {
            set.schedule(510, () -> events.add("exact"));
            set.scheduleCoarse(560, () -> events.add("first"));
            millis.set(90);
            set.scheduleCoarse(650, () -> events.add("second"));
            millis.set(505);
        });

        assertThat(take(2)).containsExactly("first", "second");
        millis.set(520);
        assertThat(take(1)).containsExactly("exact");
    }

    @Test
    void aShortDelayIsNeverCoarse() throws Exception {
        CompletableFuture<Long> tookNanos = new CompletableFuture<>();
        long startNanos = System.nanoTime();
        scheduler.execute(
                () -> scheduler.scheduleCoarse(100, () -> tookNanos.complete(System.nanoTime() - startNanos)));

        assertThat(tookNanos.get(10, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }

    private static Clock clock(LongSupplier monotonicNanos) {
        return new Clock() {
            @Override
            public long monotonicNanos() {
                return monotonicNanos.getAsLong();
            }

            @Override
            public long realtimeMillis() {
                throw new AssertionError("a scheduler goes by the monotonic time");
            }
        };
    }

    private List<String> take(int count) throws InterruptedException {
        return IntStream.range(0, count).mapToObj(i -> poll()).toList();
    }

    private String poll() {
        try {
            return String.valueOf(events.poll(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
