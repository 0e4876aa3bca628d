package io.quorate.simulation;

import io.quorate.core.port.Scheduler;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The scheduler of one life: its tasks are events of the world's queue. */
final class SimulatedScheduler implements Scheduler {
    /** A century: as good as never, and far from overflow. */
    private static final long DELAY_MILLIS_MAX = TimeUnit.DAYS.toMillis(36_500);

    private final Life life;
    private final RandomGenerator random;

    SimulatedScheduler(Life life, RandomGenerator random) {
        this.life = life;
        this.random = random;
    }

    @Override
    public void execute(Runnable task) {
        life.later(0, EventKind.TASK, "", task);
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        long tick = life.world().faults().tick().nanos(random);
        return life.later(
                TimeUnit.MILLISECONDS.toNanos(Math.min(delayMillis, DELAY_MILLIS_MAX)) + tick,
                EventKind.TIMER,
                "",
                task);
    }
}
