package io.quorate.coordinator.runtime;

import io.quorate.core.port.Scheduler;

/**
 * Tasks that wait for their tick, in a ring of slots one tick wide: setting and cancelling one costs the same however many
 * wait.
 *
 * <p>Source: Varghese and Lauck, "Hashed and Hierarchical Timing Wheels" (1987), scheme 6.
 */
final class TimerWheel {
    private static final int SLOTS = 512;

    private final Entry[] slots = new Entry[SLOTS];
    private final Entry due = new Entry(0, () -> {});
    private long tick;
    private int waiting;

    TimerWheel() {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Entry(0, () -> {});
        }
    }

    /** The last tick that {@link #advance} was told of. */
    long tick() {
        return tick;
    }

    boolean isEmpty() {
        return waiting == 0;
    }

    /** Starts counting anew at {@code newTick}, which costs nothing because nothing waits. */
    void skipTo(long newTick) {
        if (!isEmpty()) {
            throw new IllegalStateException("tasks wait");
        }
        tick = newTick;
    }

    /** Adds a task for a tick that is still to come. */
    Scheduler.Timer add(long dueTick, Runnable task) {
        if (dueTick <= tick) {
            throw new IllegalArgumentException("tick " + dueTick + " is past");
        }
        Entry entry = new Entry(dueTick, task);
        entry.linkBefore(slot(dueTick));
        waiting++;
        return entry;
    }

    /** Runs what is due by {@code toTick}, earlier ticks first. What a task throws ends this call; the next one goes on. */
    void advance(long toTick) {
        long from = Math.max(tick + 1, toTick - SLOTS + 1);
        tick = toTick;
        for (long at = from; at <= toTick; at++) {
            collect(slot(at), toTick);
        }
        // They run only when all are linked to one list, so that each can still be cancelled by those before it.
        while (due.next != due) {
            Entry next = due.next;
            next.cancel();
            next.task.run();
        }
    }

    /**
     * The tick to advance to next: the first with a task, or the end of this lap when none is in it, or the last one again when a task
     * that threw left others behind.
     */
    long next() {
        if (due.next != due) {
            return tick;
        }
        for (long at = tick + 1; at < tick + SLOTS; at++) {
            Entry head = slot(at);
            for (Entry entry = head.next; entry != head; entry = entry.next) {
                if (entry.dueTick == at) {
                    return at;
                }
            }
        }
        return tick + SLOTS;
    }

    private void collect(Entry slot, long toTick) {
        Entry entry = slot.next;
        while (entry != slot) {
            Entry next = entry.next;
            if (entry.dueTick <= toTick) {
                entry.unlink();
                entry.linkBefore(due);
            }
            entry = next;
        }
    }

    private Entry slot(long at) {
        return slots[(int) (at & (SLOTS - 1))];
    }

    /** A waiting task, or the head of a list of them; a circle of one when it is in no list. */
    private final class Entry implements Scheduler.Timer {
        private final long dueTick;
        private final Runnable task;
        private Entry previous = this;
        private Entry next = this;

        Entry(long dueTick, Runnable task) {
            this.dueTick = dueTick;
            this.task = task;
        }

        @Override
        public void cancel() {
            if (next != this) {
                unlink();
                waiting--;
            }
        }

        private void linkBefore(Entry head) {
            previous = head.previous;
            next = head;
            previous.next = this;
            head.previous = this;
        }

        private void unlink() {
            previous.next = next;
            next.previous = previous;
            previous = this;
            next = this;
        }
    }
}
