package io.quorate.node.cli.bench;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes of every key once, shared among all threads. */
final class Preload implements Script {
    private static final int FAILURES_MAX = 1_000;

    private final KeyTable table;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    Preload(KeyTable table) {
        this.table = table;
    }

    /** Whether so much went wrong that the rest was not tried. */
    boolean isBrokenOff() {
        return failures.get() >= FAILURES_MAX;
    }

    @Override
    public Optional<Task> next(long now) {
        int key = isBrokenOff() ? table.size() : next.getAndIncrement();
        if (key >= table.size()) {
            return Optional.empty();
        }
        table.take(key);
        return Optional.of(new Task(Workload.Kind.WRITE, key));
    }

    @Override
    public boolean isTriedAgain() {
        return failures.incrementAndGet() < FAILURES_MAX;
    }
}
