package io.quorate.coordinator.runtime;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.vertx.core.Context;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler of one event loop: all delayed tasks wait in one wheel, and one Vert.x timer for the first of them, because a Vert.x timer
 * each costs five times as much. A loop with nothing due sleeps: to look at each tick was most of its wake-ups.
 *
 * <p>{@link #execute} may be called from any thread; {@link #schedule} and cancelling only on the loop.
 */
public final class VertxScheduler implements Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(VertxScheduler.class);
    private static final long TICK_MILLIS = 10;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
    /** Coarse timers are due at its multiples only. */
    private static final long COARSE_MILLIS = 500;

    private static final long COARSE_NANOS = TimeUnit.MILLISECONDS.toNanos(COARSE_MILLIS);
    private static final long NEVER = Long.MAX_VALUE;
    private static final long NO_TIMER = -1;

    private final Context context;
    private final Clock clock;
    private final long startNanos;
    private final TimerWheel wheel = new TimerWheel();
    private long wakeTick = NEVER;
    private long timerId = NO_TIMER;

    public VertxScheduler(Context context, Clock clock) {
        this.context = context;
        this.clock = clock;
        startNanos = clock.monotonicNanos();
    }

    /** The loops of a process that ends do so one by one, and those that still turn need not know. */
    @Override
    public void execute(Runnable task) {
        try {
            context.runOnContext(ignored -> task.run());
        } catch (RejectedExecutionException e) {
            LOG.debug("a task came after its event loop had ended", e);
        }
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        long now = sinceStartNanos();
        return add(now, Math.floorDiv(dueNanos(now, delayMillis), TICK_NANOS) + 1, task);
    }

    @Override
    public Timer scheduleCoarse(long delayMillis, Runnable task) {
        if (delayMillis < COARSE_MILLIS) {
            return schedule(delayMillis, task);
        }
        long now = sinceStartNanos();
        // Never later: who runs again and again may tell by the time between two runs that the loop stood still.
        return add(now, dueNanos(now, delayMillis) / COARSE_NANOS * COARSE_NANOS / TICK_NANOS, task);
    }

    private long sinceStartNanos() {
        return clock.monotonicNanos() - startNanos;
    }

    private static long dueNanos(long now, long delayMillis) {
        return now + TimeUnit.MILLISECONDS.toNanos(Math.max(0, delayMillis));
    }

    private Timer add(long now, long tick, Runnable task) {
        if (wheel.isEmpty()) {
            wheel.skipTo(now / TICK_NANOS);
        }
        long dueTick = Math.max(wheel.tick() + 1, tick);
        Timer timer = wheel.add(dueTick, task);
        wakeBy(dueTick);
        return timer;
    }

    private void wakeBy(long tick) {
        if (tick < wakeTick) {
            wakeTick = tick;
            // On the context, so that the timer fires there whatever context this call came from.
            execute(() -> setTimer(tick));
        }
    }

    private void setTimer(long tick) {
        if (tick != wakeTick) {
            return;
        }
        if (timerId != NO_TIMER) {
            context.owner().cancelTimer(timerId);
        }
        long nanos = startNanos + tick * TICK_NANOS - clock.monotonicNanos();
        timerId = context.owner().setTimer(Math.max(1, 1 + TimeUnit.NANOSECONDS.toMillis(nanos)), this::turn);
    }

    private void turn(long timer) {
        timerId = NO_TIMER;
        wakeTick = NEVER;
        try {
            wheel.advance(sinceStartNanos() / TICK_NANOS);
        } finally {
            if (!wheel.isEmpty()) {
                wakeBy(wheel.next());
            }
        }
    }
}
