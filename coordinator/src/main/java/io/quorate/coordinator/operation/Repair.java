package io.quorate.coordinator.operation;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Brings the stale primaries of a read up to the merge of what was read.
 *
 * <p>Only primaries: a copy on a fallback would have to be handed off again, and repairing into fallbacks is what melts clusters.
 */
final class Repair {
    private final Shard shard;
    private final Key key;
    private final Siblings merged;
    private final int timeoutMillis;

    private final Set<String> waiting = new LinkedHashSet<>();
    private boolean enough;

    Repair(Shard shard, Key key, Siblings merged, int timeoutMillis) {
        this.shard = shard;
        this.key = key;
        this.merged = merged;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Sends the merge to whoever lacks it.
     *
     * @param suffice tells which holders are enough to call {@code onEnough}; it is called too when no more are to be expected: a
     *     read must not fail because a replica refuses writes
     */
    void run(Predicate<List<String>> suffice, Replies replies, Replicas replicas, Runnable onEnough) {
        if (merged.isEmpty() || replies.areAlike()) {
            onEnough.run();
            return;
        }
        Bytes encoded = SiblingsCodec.encode(merged);
        long digest = Hash.of(encoded);
        List<String> stale = replies.stale(digest).stream()
                .filter(node -> replicas.keeps(node, merged.n()))
                .toList();
        Merge merge = new Merge(key, encoded, List.of());
        for (String node : stale) {
            boolean left = shard.transport().call(node, merge, timeoutMillis, (replier, reply) -> {
                if (reply instanceof Durable) {
                    replies.repaired(replier, digest, merged);
                }
                waiting.remove(replier);
                check(suffice.test(replies.holders(digest)), onEnough);
            });
            if (left) {
                waiting.add(node);
            }
        }
        check(suffice.test(replies.holders(digest)), onEnough);
    }

    private void check(boolean held, Runnable onEnough) {
        if (!enough && (held || waiting.isEmpty())) {
            enough = true;
            onEnough.run();
        }
    }
}
