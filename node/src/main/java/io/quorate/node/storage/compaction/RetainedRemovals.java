package io.quorate.node.storage.compaction;

import io.quorate.node.storage.segment.Segment;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes of removals compaction had to keep in each segment, and because of which other segment.
 *
 * <p>They count as live until that other segment is gone; otherwise a segment of needed removals would look dead and be
 * copied again and again. Forgotten at a restart, after which each such segment is copied once in vain. For one thread, but for
 * the sum.
 */
final class RetainedRemovals {
    private final Map<Integer, Map<Integer, Long>> bytesByHolderAndReason = new HashMap<>();
    private volatile long bytes;

    void add(Segment holder, Segment reason, int bytes) {
        if (holder != reason) {
            bytesByHolderAndReason
                    .computeIfAbsent(holder.number(), number -> new HashMap<>())
                    .merge(reason.number(), (long) bytes, Long::sum);
            this.bytes = sum();
        }
    }

    /** In all segments; from any thread. */
    long bytes() {
        return bytes;
    }

    long bytes(Segment holder) {
        return bytesByHolderAndReason.getOrDefault(holder.number(), Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    void deleted(Segment segment) {
        bytesByHolderAndReason.remove(segment.number());
        bytesByHolderAndReason.values().forEach(reasons -> reasons.remove(segment.number()));
        bytes = sum();
    }

    private long sum() {
        return bytesByHolderAndReason.values().stream()
                .flatMap(reasons -> reasons.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
