package io.quorate.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.port.Scheduler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One run of a simulation: processes, their network, and virtual time, all decided by a seed.
 *
 * <p>Nothing moves by itself: {@link #runFor} and {@link #runUntil} take events off the queue one by one, on the caller's
 * thread. Two worlds of the same seed in which the same is done have the same {@link #traceHash}.
 */
public final class World {
    static final long NANOS_PER_MILLI = 1_000_000;

    private static final String ITSELF = "world";

    private final long seed;
    private final Limits limits;
    private final Timeline timeline;
    private final Trace trace;
    private final SimulatedNetwork network;
    private final Map<String, SimulatedProcess> processes = new TreeMap<>();
    private final List<Runnable> checks = new ArrayList<>();
    private Faults faults;
    private long events;
    private long instantNanos;
    private int instantEvents;
    private boolean running;

    public World(long seed, Faults faults) {
        this(seed, faults, Limits.DEFAULT);
    }

    public World(long seed, Faults faults, Limits limits) {
        this.seed = seed;
        this.faults = faults;
        this.limits = limits;
        this.timeline = new Timeline(limits.waitingMax());
        this.trace = new Trace(limits.logged());
        this.network = new SimulatedNetwork(this);
    }

    public long seed() {
        return seed;
    }

    public long nowNanos() {
        return timeline.nowNanos();
    }

    /** What a wall clock would show that is never wrong. */
    public long realtimeMillis() {
        return DriftingClock.EPOCH_MILLIS + nowMillis();
    }

    public long nowMillis() {
        return nowNanos() / NANOS_PER_MILLI;
    }

    /** A stream of its own for one concern. The same name gives the same numbers again. */
    public RandomGenerator random(String concern) {
        return new SplittableRandom(Hash.mix(seed, Hash.of(Bytes.utf8(concern))));
    }

    public Faults faults() {
        return faults;
    }

    /** From now on the world treats its programs like this. Clocks stay as they were. */
    public void use(Faults faults) {
        this.faults = faults;
        note(EventKind.CONTROL, ITSELF, faults);
    }

    /** A new process, not started, with an empty disk. */
    public SimulatedProcess add(String id, Function<Ports, Program> factory) {
        SimulatedProcess process = new SimulatedProcess(this, id, factory);
        if (processes.putIfAbsent(id, process) != null) {
            throw new IllegalArgumentException("there is a process " + id + " already");
        }
        return process;
    }

    public SimulatedProcess process(String id) {
        SimulatedProcess process = processes.get(id);
        if (process == null) {
            throw new IllegalArgumentException("there is no process " + id);
        }
        return process;
    }

    /** All of them, by id. */
    public Collection<SimulatedProcess> processes() {
        return Collections.unmodifiableCollection(processes.values());
    }

    public SimulatedNetwork network() {
        return network;
    }

    /** Runs a step of the scenario later; it belongs to no process, so nothing stops it. */
    public Scheduler.Timer schedule(long delayMillis, Runnable step) {
        return schedule(delayMillis * NANOS_PER_MILLI, EventKind.SCENARIO, step);
    }

    Event schedule(long delayNanos, EventKind kind, Runnable step) {
        return add(delayNanos, new Event(kind, null, "", step));
    }

    Event add(long delayNanos, Event event) {
        return timeline.add(delayNanos, event);
    }

    /** Runs {@code check} after every event; what it throws ends the run. */
    public void afterEachEvent(Runnable check) {
        checks.add(check);
    }

    /** Puts a remark of the scenario into the trace. */
    public void note(String remark) {
        note(EventKind.SCENARIO, ITSELF, remark);
    }

    void note(EventKind kind, String where, Object detail) {
        trace.record(nowNanos(), kind, where, detail);
    }

    /** A digest of all that happened so far: kinds, times, places and whole messages. */
    public long traceHash() {
        return trace.hash();
    }

    /** The last events, oldest first, as many as {@link Limits#logged} says. */
    public List<String> log() {
        return trace.lines();
    }

    /** How many events have run. */
    public long events() {
        return events;
    }

    public void runFor(long millis) {
        runUntil(() -> false, millis);
    }

    /** Runs until {@code done}, asked before the first and after every event, or for {@code maxMillis}; tells which. */
    public boolean runUntil(BooleanSupplier done, long maxMillis) {
        if (running) {
            throw new IllegalStateException("the world runs already: an event cannot run it");
        }
        running = true;
        try {
            return run(done, nowNanos() + maxMillis * NANOS_PER_MILLI);
        } finally {
            running = false;
        }
    }

    private boolean run(BooleanSupplier done, long untilNanos) {
        while (!done.getAsBoolean()) {
            Event event = timeline.next(untilNanos);
            if (event == null) {
                timeline.moveTo(untilNanos);
                return false;
            }
            take(event);
        }
        return true;
    }

    private void take(Event event) {
        Life life = event.life();
        if (life == null) {
            execute(event, ITSELF);
        } else if (!life.isOver() && event.passesGate()) {
            life.take(event);
        }
    }

    void execute(Event event, String where) {
        count();
        trace.record(nowNanos(), event.kind(), where, event.detail());
        if (event.life() == null) {
            event.run();
        } else {
            guarded(where, event::run);
        }
        for (Runnable check : checks) {
            check.run();
        }
    }

    /** Runs a program's code. */
    void guarded(String where, Runnable code) {
        try {
            code.run();
        } catch (RuntimeException | Error e) {
            throw new ProgramException("seed " + seed + ", " + nowNanos() + " ns, " + where, e);
        }
    }

    private void count() {
        if (++events > limits.eventsMax()) {
            throw new LivelockException("seed " + seed + ": more than " + limits.eventsMax() + " events");
        }
        if (instantNanos != nowNanos()) {
            instantNanos = nowNanos();
            instantEvents = 0;
        }
        if (++instantEvents > limits.instantMax()) {
            throw new LivelockException(
                    "seed " + seed + ": more than " + limits.instantMax() + " events at " + instantNanos + " ns");
        }
    }
}
