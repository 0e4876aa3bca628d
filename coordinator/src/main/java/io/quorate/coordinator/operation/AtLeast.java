package io.quorate.coordinator.operation;

import io.quorate.core.Key;
import io.quorate.core.message.ClusterReply.Horizons;
import io.quorate.core.message.ClusterRequest.AskHorizons;
import io.quorate.core.version.Context;

/** What a read must reflect: the writes that its reader knows of (read your writes, monotonic reads). */
final class AtLeast {
    private final Shard shard;
    private final Key key;
    private final Context known;
    private long horizon = Long.MIN_VALUE;
    private boolean horizonAsked;

    AtLeast(Shard shard, Key key, Context known) {
        this.shard = shard;
        this.key = key;
        this.known = known;
    }

    /**
     * Whether whoever has seen that much knows all of them, or what replaced them.
     *
     * <p>A write up to the horizon that nobody knows is dead: it was deleted, and the tombstone is gone too.
     */
    boolean isReflectedBy(Context seen) {
        return known.vector().entries().stream()
                        .allMatch(entry -> seen.vector().covers(entry) || entry.counter() <= horizon)
                && known.cloud().stream().allMatch(dot -> seen.covers(dot) || dot.counter() <= horizon);
    }

    /** Asks, once, up to what time the partition was reaped; {@code onReply} runs when that is known. */
    void askHorizon(String node, int timeoutMillis, Runnable onReply) {
        if (horizonAsked) {
            return;
        }
        horizonAsked = shard.transport().call(node, new AskHorizons(), timeoutMillis, (from, reply) -> {
            if (reply instanceof Horizons horizons) {
                int partition = shard.cluster().ring().partitionOf(key);
                horizon = horizons.byPartition().getOrDefault(partition, horizon);
                onReply.run();
            }
        });
    }
}
