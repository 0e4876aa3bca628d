package io.quorate.coordinator.operation;

import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Lets requests wait that reach a node which has just started and does not know yet whom it can reach: a quorum may well be there.
 * Whoever knows fails at once.
 */
final class Arrival {
    static final int LOOK_MILLIS = 20;

    private Arrival() {}

    /**
     * Begins a request when it can succeed, or nothing more is to be found out, or its time is over.
     *
     * @param canReach whether a quorum for it can be reached, as far as is known
     * @param timeoutMillis of the request
     * @param begin is given what is left of that
     */
    static void await(Shard shard, BooleanSupplier canReach, int timeoutMillis, IntConsumer begin) {
        if (shard.cluster().isSettled() || timeoutMillis <= LOOK_MILLIS || canReach.getAsBoolean()) {
            begin.accept(timeoutMillis);
        } else {
            shard.scheduler().schedule(LOOK_MILLIS, () -> await(shard, canReach, timeoutMillis - LOOK_MILLIS, begin));
        }
    }
}
