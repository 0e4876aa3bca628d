package io.quorate.simulation;

import java.util.PriorityQueue;

/** Virtual time, and what will happen in it: by time, and at one time in the order of scheduling. */
final class Timeline {
    private final PriorityQueue<Event> waiting = new PriorityQueue<>();
    private final int waitingMax;
    private long nowNanos;
    private long sequence;

    Timeline(int waitingMax) {
        this.waitingMax = waitingMax;
    }

    long nowNanos() {
        return nowNanos;
    }

    Event add(long delayNanos, Event event) {
        if (waiting.size() >= waitingMax) {
            throw new LivelockException("more than " + waitingMax + " events wait");
        }
        event.place(nowNanos + Math.max(0, Math.min(delayNanos, Long.MAX_VALUE - nowNanos)), sequence++);
        waiting.add(event);
        return event;
    }

    /** Takes the next event, no later than {@code untilNanos}, and moves time to it; null when there is none. */
    Event next(long untilNanos) {
        while (!waiting.isEmpty() && waiting.peek().atNanos() <= untilNanos) {
            Event event = waiting.poll();
            if (!event.isCancelled()) {
                nowNanos = event.atNanos();
                return event;
            }
        }
        return null;
    }

    void moveTo(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
    }
}
