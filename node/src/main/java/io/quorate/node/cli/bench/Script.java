package io.quorate.node.cli.bench;

import java.util.Optional;

/** Says what clients do next. */
interface Script {
    /** Empty when there is nothing more to do. The key of a write is taken; whoever writes releases it. */
    Optional<Task> next(long now);

    /** Whether a task that failed is to be tried again. */
    boolean isTriedAgain();

    /** One operation. */
    record Task(Workload.Kind kind, int key) {}
}
