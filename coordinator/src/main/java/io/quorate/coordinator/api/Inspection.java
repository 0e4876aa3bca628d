package io.quorate.coordinator.api;

import io.quorate.core.version.Siblings;
import java.util.List;
import java.util.Optional;

/**
 * Each replica's own state of a key, read there and then.
 *
 * @param preference the partition's preference list: all node ids
 * @param replicas the primaries, and every other member that holds something, in preference order
 * @param reapingBlocked what keeps the key's tombstone from being removed, in words; empty when no replica holds one
 */
public record Inspection(int partition, List<String> preference, List<Replica> replicas, List<String> reapingBlocked) {
    /**
     * One node's state.
     *
     * @param primary whether it is one of the key's first n nodes
     * @param digest equal digests mean identical states; zero when absent or unreachable
     * @param state empty when the node holds nothing or did not answer
     * @param failure why it did not answer
     */
    public record Replica(
            String node, boolean primary, long digest, Optional<Siblings> state, Optional<String> failure) {}

    /** Whether all primaries answered with identical states. */
    public boolean agree() {
        List<Replica> primaries = replicas.stream().filter(Replica::primary).toList();
        return primaries.stream().allMatch(replica -> replica.failure().isEmpty())
                && primaries.stream().map(Replica::digest).distinct().count() <= 1;
    }
}
