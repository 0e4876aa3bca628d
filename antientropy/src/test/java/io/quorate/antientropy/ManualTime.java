package io.quorate.antientropy;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Time and tasks that move when a test says so. */
final class ManualTime implements Clock, Scheduler {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private long nanos;

    void pass(long more) {
        nanos += more;
    }

    void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    /** Runs the timers that are set, whatever their time, and what follows at once. */
    void runTimers() {
        int set = timers.size();
        for (int i = 0; i < set; i++) {
            timers.poll().run();
        }
        runTasks();
    }

    @Override
    public long monotonicNanos() {
        return nanos;
    }

    @Override
    public long realtimeMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        timers.add(task);
        return () -> timers.remove(task);
    }
}
