package io.quorate.coordinator.runtime;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.vertx.core.Context;

/** One event loop: the thread of a shard, with its one scheduler. Whatever lives on a loop is touched by that loop alone. */
public record EventLoop(Context context, Scheduler scheduler, Clock clock) {
    public static EventLoop of(Context context, Clock clock) {
        return new EventLoop(context, new VertxScheduler(context, clock), clock);
    }

    /**
     * Hands a programming error to the context's exception handler, which decides what becomes of the process, without ending
     * the work of whoever caught it.
     */
    public void report(RuntimeException error) {
        scheduler.execute(() -> {
            throw error;
        });
    }
}
