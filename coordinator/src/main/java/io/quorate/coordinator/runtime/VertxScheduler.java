package io.quorate.coordinator.runtime;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.vertx.core.Context;
import java.util.concurrent.TimeUnit;

/**
 * The scheduler of one event loop: all delayed tasks wait in one wheel, which one Vert.x timer turns while any wait, because a
 * Vert.x timer each costs five times as much.
 *
 * <p>{@link #execute} may be called from any thread; {@link #schedule} and cancelling only on the loop.
 */
public final class VertxScheduler implements Scheduler {
    private static final long TICK_MILLIS = 10;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);

    private final Context context;
    private final Clock clock;
    private final long startNanos;
    private final TimerWheel wheel = new TimerWheel();
    private boolean turning;

    public VertxScheduler(Context context, Clock clock) {
        this.context = context;
        this.clock = clock;
        startNanos = clock.monotonicNanos();
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        long sinceStartNanos = clock.monotonicNanos() - startNanos;
        if (wheel.isEmpty()) {
            wheel.skipTo(sinceStartNanos / TICK_NANOS);
        }
        long dueNanos = sinceStartNanos + TimeUnit.MILLISECONDS.toNanos(Math.max(0, delayMillis));
        Timer timer = wheel.add(Math.max(wheel.tick() + 1, Math.floorDiv(dueNanos, TICK_NANOS) + 1), task);
        if (!turning) {
            turning = true;
            // On the context, so that the timer fires there whatever context this call came from.
            execute(() -> context.owner().setPeriodic(TICK_MILLIS, this::turn));
        }
        return timer;
    }

    private void turn(long timerId) {
        if (wheel.isEmpty()) {
            context.owner().cancelTimer(timerId);
            turning = false;
        } else {
            wheel.advance((clock.monotonicNanos() - startNanos) / TICK_NANOS);
        }
    }
}
