package io.quorate.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.Scheduler;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A shard whose tasks run on the thread of the test, when the test says so. */
public final class TestLoop implements Scheduler {
    private static final long PATIENCE_SECONDS = 30;

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        throw new UnsupportedOperationException("storage sets no timers");
    }

    /** Runs tasks as they come until the condition holds. */
    public void runUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Runnable task = next();
            assertThat(task).as("the store answers").isNotNull();
            task.run();
        }
    }

    /** Runs the tasks that are there, and waits for none. */
    void runWhatWaits() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** How many tasks wait to be run. */
    int waiting() {
        return tasks.size();
    }

    private Runnable next() {
        try {
            return tasks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
