package io.quorate.node.runtime;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Why the node should not be sent requests yet; written by the first shard, read by every loop that answers for health. */
public final class Readiness {
    private static final long CHECK_MILLIS = 25;
    private static final long WATCH_MILLIS = 1_000;
    private static final List<String> STARTING =
            List.of("the node is starting: it has not heard from the other members yet");

    private final AtomicReference<List<String>> reasons = new AtomicReference<>(STARTING);
    private final Supplier<List<String>> troubles;
    private boolean ready;
    private volatile boolean stopping;

    /**
     * Not ready, to begin with.
     *
     * @param troubles what makes even a started node unfit to serve, asked at every look
     */
    public Readiness(Supplier<List<String>> troubles) {
        this.troubles = troubles;
    }

    /** Looks again and again whether the shard is ready, and the node still a member. Runs on its loop. */
    public void watch(ShardLoop first) {
        List<String> notMember =
                first.shard().speaker().membership().notMember().stream().toList();
        ready = ready || first.shard().isReady();
        if (!stopping) {
            reasons.set(ready || !notMember.isEmpty() ? notMember : STARTING);
            first.schedule(ready ? WATCH_MILLIS : CHECK_MILLIS, () -> watch(first));
        }
    }

    public void stopping() {
        stopping = true;
        reasons.set(List.of("the node is stopping"));
    }

    public List<String> reasons() {
        List<String> starting = reasons.get();
        return starting.isEmpty() ? troubles.get() : starting;
    }
}
