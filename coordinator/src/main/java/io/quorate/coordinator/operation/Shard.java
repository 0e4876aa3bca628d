package io.quorate.coordinator.operation;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Transport;
import io.quorate.core.ring.ClusterView;
import java.util.random.RandomGenerator;

/** What every operation of one shard works with. */
public record Shard(
        ClusterView cluster,
        Transport transport,
        Scheduler scheduler,
        Clock clock,
        RandomGenerator random,
        Patience patience) {
    /** Two nodes that go by different rings learn of it from each other within a message and its answer. */
    static final int OTHER_RING_RETRY_MILLIS = 10;

    /**
     * How long an operation trusts a silent node before it turns to another one, which costs a second request but not the answer.
     *
     * @param millis too small: slow but healthy replicas cause double work; too large: a paused node holds up its writes
     */
    public record Patience(int millis) {
        public static final Patience DEFAULT = new Patience(200);

        /** Never more than a third of the request's own time, so that the second attempt has a chance. */
        int within(int timeoutMillis) {
            return Math.max(1, Math.min(millis, timeoutMillis / 3));
        }
    }
}
