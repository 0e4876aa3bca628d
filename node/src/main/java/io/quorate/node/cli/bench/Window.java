package io.quorate.node.cli.bench;

/**
 * The time that counts: operations due in it are measured, however late they end.
 *
 * @param startNanos of the monotonic clock
 */
record Window(long startNanos, long endNanos) {
    boolean contains(long nanos) {
        return nanos - startNanos >= 0 && nanos - endNanos < 0;
    }

    boolean isOver(long nanos) {
        return nanos - endNanos >= 0;
    }
}
