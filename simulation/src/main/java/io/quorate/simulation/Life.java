package io.quorate.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** One run of a process, from its start to its crash or stop: what it had under way dies with it. */
final class Life {
    private final World world;
    private final String node;
    private final RandomGenerator random;
    private final List<Event> waiting = new ArrayList<>();
    private boolean paused;
    private boolean over;

    Life(World world, String node, RandomGenerator random) {
        this.world = world;
        this.node = node;
        this.random = random;
    }

    World world() {
        return world;
    }

    String node() {
        return node;
    }

    boolean isOver() {
        return over;
    }

    boolean isPaused() {
        return paused;
    }

    Event later(long delayNanos, EventKind kind, Object detail, Runnable task) {
        return world.add(delayNanos, new Event(kind, this, detail, task));
    }

    /** Runs an event whose time has come, or keeps it until the pause is over. */
    void take(Event event) {
        if (paused) {
            event.admitted();
            waiting.add(event);
        } else {
            world.execute(event, node);
        }
    }

    void pause() {
        paused = true;
    }

    /**
     * Lets everything that waited run now. Sometimes all timers come first: an event loop that wakes up may run what is
     * overdue before it reads what its peers sent in the meantime.
     */
    void resume() {
        paused = false;
        if (random.nextBoolean()) {
            waiting.sort(Comparator.comparing(event -> event.kind() != EventKind.TIMER));
        }
        waiting.forEach(event -> world.add(0, event));
        waiting.clear();
    }

    void end() {
        over = true;
        paused = false;
        waiting.clear();
    }
}
