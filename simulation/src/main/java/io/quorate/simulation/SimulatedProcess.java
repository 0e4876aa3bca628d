package io.quorate.simulation;

import io.quorate.core.port.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * A process on its own machine: a program that can be started, stopped, crashed and paused, and the disk and the clock that
 * outlive it.
 */
public final class SimulatedProcess {
    private final World world;
    private final String id;
    private final Function<Ports, Program> factory;
    private final SimulatedDisk disk;
    private final DriftingClock clock;
    private int starts;
    private Life life;
    private Program program;
    private SimulatedStorage storage;

    SimulatedProcess(World world, String id, Function<Ports, Program> factory) {
        this.world = world;
        this.id = id;
        this.factory = factory;
        this.disk = new SimulatedDisk(world, id);
        this.clock = new DriftingClock(world, world.faults().clocks(), world.random("clock/" + id));
    }

    public String id() {
        return id;
    }

    public SimulatedDisk disk() {
        return disk;
    }

    public Clock clock() {
        return clock;
    }

    public boolean isRunning() {
        return life != null;
    }

    public boolean isPaused() {
        return isRunning() && life.isPaused();
    }

    /** Builds the program and starts it, before this returns. */
    public SimulatedProcess start() {
        require(!isRunning(), "runs already");
        String nth = id + "/" + ++starts;
        Optional<CleanStop> left = disk.open();
        control(left.isPresent() ? "starts after a clean stop" : "starts");
        life = new Life(world, id, world.random("resume/" + nth));
        storage = new SimulatedStorage(life, disk, world.random("storage/" + nth));
        world.guarded(id, () -> {
            program = factory.apply(new Ports(
                    id,
                    clock,
                    new SimulatedScheduler(life, world.random("scheduler/" + nth)),
                    world.network().join(life, this::program, world.random("connections/" + nth)),
                    storage,
                    world.random("program/" + nth),
                    left));
            program.start();
        });
        return this;
    }

    /** Asks the program to stop, makes durable what it applied, and ends it. */
    public void stop() {
        require(isRunning() && !isPaused(), "does not run");
        world.guarded(id, () -> {
            CleanStop left = program.stop();
            control("stops");
            disk.close(left);
        });
        end();
    }

    /** Ends it in the middle of things: its tasks are gone, and of what was not durable some suffix. */
    public void crash() {
        require(isRunning(), "does not run");
        int lost = disk.crash();
        control("crashes and loses " + lost + " batches");
        end();
    }

    private void end() {
        Life ended = life;
        life = null;
        program = null;
        storage = null;
        ended.end();
        world.network().leave(ended);
    }

    /** Stands still: time passes, and everything that would happen in it waits. */
    public void pause() {
        require(isRunning() && !isPaused(), "does not run");
        control("pauses");
        life.pause();
    }

    /** Stands still for a while, if nothing ends it before. */
    public void pauseFor(long millis) {
        pause();
        Life pausing = life;
        world.schedule(millis * World.NANOS_PER_MILLI, EventKind.CONTROL, () -> {
            if (pausing.isPaused()) {
                resume();
            }
        });
    }

    public void resume() {
        require(isPaused(), "is not paused");
        control("resumes");
        life.resume();
    }

    /** Runs something as a task of this process: later, in its turn, and not at all when it crashes before. */
    public void execute(Runnable task) {
        require(isRunning(), "does not run");
        life.later(0, EventKind.TASK, "", task);
    }

    /** What runs in it now. */
    public Program program() {
        require(isRunning(), "does not run");
        return program;
    }

    public <P extends Program> P program(Class<P> type) {
        return type.cast(program());
    }

    private void control(String what) {
        world.note(EventKind.CONTROL, id, what);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(id + " " + otherwise);
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
