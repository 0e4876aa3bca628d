package io.quorate.core.port;

/** Runs the tasks of one shard, one after the other: what runs on it needs no locks. */
public interface Scheduler {
    /** Runs the task soon, after those already waiting, unless the shard ends before. Never runs it inside this call. */
    void execute(Runnable task);

    /**
     * Runs the task once, no earlier than {@code delayMillis} from now; how much later is the scheduler's tick (tens of
     * milliseconds).
     */
    Timer schedule(long delayMillis, Runnable task);

    /**
     * Like {@link #schedule}, but up to half a second sooner: tasks that nobody waits for share their wake-ups, which are most of
     * what an idle node does.
     */
    default Timer scheduleCoarse(long delayMillis, Runnable task) {
        return schedule(delayMillis, task);
    }

    /** A task that waits for its time. */
    interface Timer {
        /** After this the task does not run. Harmless when it ran already. */
        void cancel();
    }
}
