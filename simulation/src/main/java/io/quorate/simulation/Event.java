package io.quorate.simulation;

import io.quorate.core.port.Scheduler;
import java.util.function.BooleanSupplier;

/** Something that will happen at a point of virtual time, unless it is cancelled or the life it belongs to ends first. */
final class Event implements Scheduler.Timer, Comparable<Event> {
    private final EventKind kind;
    private final Life life;
    private final Object detail;
    private Runnable task;
    private BooleanSupplier gate;
    private long atNanos;
    private long sequence;

    /**
     * @param life whose event it is; null when it is the world's own
     * @param detail what the trace says of it
     */
    Event(EventKind kind, Life life, Object detail, Runnable task) {
        this.kind = kind;
        this.life = life;
        this.detail = detail;
        this.task = task;
    }

    /** Asked when its time has come, before anything else: false, and it does not happen. */
    Event behind(BooleanSupplier gate) {
        this.gate = gate;
        return this;
    }

    /** Puts it at its place; again for one that had to wait, whose gate is behind it. */
    void place(long atNanos, long sequence) {
        this.atNanos = atNanos;
        this.sequence = sequence;
    }

    /** It passed its gate and waits inside its process; the gate is not asked again. */
    void admitted() {
        gate = null;
    }

    @Override
    public void cancel() {
        task = null;
    }

    boolean isCancelled() {
        return task == null;
    }

    boolean passesGate() {
        return gate == null || gate.getAsBoolean();
    }

    void run() {
        Runnable once = task;
        task = null;
        once.run();
    }

    EventKind kind() {
        return kind;
    }

    Life life() {
        return life;
    }

    Object detail() {
        return detail;
    }

    long atNanos() {
        return atNanos;
    }

    @Override
    public int compareTo(Event other) {
        int byTime = Long.compare(atNanos, other.atNanos);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
}
