package io.quorate.coordinator.operation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** The writes that are still under way, and those who wait until all that began before them have ended. */
final class Settling {
    /** By number, rising: each begins with a greater one than all before it. */
    private final Set<Long> open = new LinkedHashSet<>();

    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private long begun;

    /** Waits for the writes up to a number. */
    private record Waiter(long last, Runnable whenEnded) {}

    /** Returns what the write must call once, when it has ended. */
    Runnable begin() {
        long number = ++begun;
        open.add(number);
        return () -> end(number);
    }

    /** Runs the task as soon as every write that has begun by now has ended. */
    void whenSettled(Runnable task) {
        waiters.add(new Waiter(begun, task));
        tell();
    }

    private void end(long number) {
        open.remove(number);
        tell();
    }

    private void tell() {
        while (!waiters.isEmpty()
                && (open.isEmpty() || open.iterator().next() > waiters.peek().last())) {
            waiters.poll().whenEnded().run();
        }
    }
}
