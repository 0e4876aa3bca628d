package io.quorate.coordinator.runtime;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/** One event loop: the thread of a shard, with its one scheduler. Whatever lives on a loop is touched by that loop alone. */
public record EventLoop(Context context, Scheduler scheduler, Clock clock) {
    public static EventLoop of(Context context, Clock clock) {
        return new EventLoop(context, new VertxScheduler(context, clock), clock);
    }

    /**
     * As many loops, on the kernel's own transport where it is there. Without Vert.x's folder for files from the class path, which
     * nothing here serves: a process that is killed would leave it behind.
     */
    public static Vertx vertx(int loops) {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setPreferNativeTransport(true)
                // By default each second: that alone would wake an idle process.
                .setBlockedThreadCheckInterval(10)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.SECONDS)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
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
