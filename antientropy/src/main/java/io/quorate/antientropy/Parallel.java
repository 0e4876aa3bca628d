package io.quorate.antientropy;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;

/** Works through some items, so many at a time. */
public final class Parallel<T> {
    private final Iterator<T> left;
    private final int width;
    private final BiConsumer<T, Runnable> work;
    private final Runnable whenAll;
    private int running;
    private boolean starting;

    private Parallel(Iterator<T> items, int width, BiConsumer<T, Runnable> work, Runnable whenAll) {
        this.left = items;
        this.width = width;
        this.work = work;
        this.whenAll = whenAll;
    }

    /**
     * Starts.
     *
     * @param work is given an item and what to call, once, when it is done with it
     */
    public static <T> void run(Collection<T> items, int width, BiConsumer<T, Runnable> work, Runnable whenAll) {
        run(List.copyOf(items).iterator(), width, work, whenAll);
    }

    /** The same of items that are made only when it is their turn. */
    public static <T> void run(Iterator<T> items, int width, BiConsumer<T, Runnable> work, Runnable whenAll) {
        new Parallel<>(items, width, work, whenAll).proceed();
    }

    private void proceed() {
        if (starting) {
            return;
        }
        starting = true;
        while (running < width && left.hasNext()) {
            running++;
            work.accept(left.next(), this::onDone);
        }
        starting = false;
        if (running == 0 && !left.hasNext()) {
            running = -1;
            whenAll.run();
        }
    }

    private void onDone() {
        running--;
        proceed();
    }
}
