package io.quorate.node.cli.bench;

import java.util.concurrent.atomic.LongAdder;

/** Answers that came, of all threads, to be compared with what the nodes spent meanwhile. */
final class Completions {
    private final LongAdder count = new LongAdder();

    void add() {
        count.increment();
    }

    long count() {
        return count.sum();
    }
}
