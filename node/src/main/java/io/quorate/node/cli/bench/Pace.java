package io.quorate.node.cli.bench;

/**
 * When a client's operations are due.
 *
 * @param firstNanos the first, on the monotonic clock
 * @param intervalNanos from one to the next; 0 for as soon as the one before has ended
 */
record Pace(long firstNanos, long intervalNanos) {
    boolean isFixed() {
        return intervalNanos > 0;
    }
}
