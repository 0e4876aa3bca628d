package io.quorate.node.replica;

import io.quorate.core.Key;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Lets one task at a time have a key, in order of arrival: what a lock would do, without one. */
final class Turns {
    private final Map<Key, Line> lines = new LinkedHashMap<>();
    private final int waitingMax;
    private int waiting;

    /**
     * Creates the turns of one shard.
     *
     * @param waitingMax tasks that may wait; too small refuses bursts on one key, too large lets a stuck disk pile up memory
     */
    Turns(int waitingMax) {
        this.waitingMax = waitingMax;
    }

    /** The tasks of one key: the one whose turn it is, and those behind it. */
    private static final class Line {
        final Queue<Runnable> behind = new ArrayDeque<>(2);
        boolean inTask;
        boolean ended;
    }

    /**
     * Runs the task when the key is free, now if possible; whoever runs must call {@link #end} once.
     *
     * @return false when too many wait already: the task will not run
     */
    boolean begin(Key key, Runnable task) {
        Line line = lines.get(key);
        if (line == null) {
            line = new Line();
            lines.put(key, line);
            run(key, line, task);
            return true;
        }
        if (waiting >= waitingMax) {
            return false;
        }
        waiting++;
        line.behind.add(task);
        return true;
    }

    /**
     * Runs the task when all of these keys are free; whoever runs must {@link #end} each of them.
     *
     * @param keys in their order: two that took the same keys in different orders would wait for each other for ever
     * @param refused runs in its place, and then no key is taken
     */
    void beginAll(List<Key> keys, Runnable task, Runnable refused) {
        beginRest(keys, 0, task, refused);
    }

    private void beginRest(List<Key> keys, int taken, Runnable task, Runnable refused) {
        if (taken == keys.size()) {
            task.run();
        } else if (!begin(keys.get(taken), () -> beginRest(keys, taken + 1, task, refused))) {
            keys.subList(0, taken).forEach(this::end);
            refused.run();
        }
    }

    void end(Key key) {
        Line line = lines.get(key);
        line.ended = true;
        // A task that ends its turn before it returns lets the loop below go on: a long line must not become a deep
        // stack.
        if (!line.inTask) {
            run(key, line, next(line));
        }
    }

    private void run(Key key, Line line, Runnable first) {
        Runnable task = first;
        while (task != null) {
            line.ended = false;
            line.inTask = true;
            task.run();
            line.inTask = false;
            if (!line.ended) {
                return;
            }
            task = next(line);
        }
        lines.remove(key);
    }

    private Runnable next(Line line) {
        if (!line.behind.isEmpty()) {
            waiting--;
        }
        return line.behind.poll();
    }
}
