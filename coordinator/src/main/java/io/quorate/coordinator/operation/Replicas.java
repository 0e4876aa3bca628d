package io.quorate.coordinator.operation;

import io.quorate.core.Key;
import io.quorate.core.ring.ClusterView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The nodes of one request: its key's primaries, and the fallbacks that are still free to stand in for one of them. */
final class Replicas {
    private final ClusterView cluster;
    private final List<String> primaries;
    private final List<String> fallbacks;
    private int fallbacksUsed;

    private Replicas(ClusterView cluster, List<String> primaries, List<String> fallbacks) {
        this.cluster = cluster;
        this.primaries = primaries;
        this.fallbacks = fallbacks;
    }

    static Replicas of(ClusterView cluster, Key key, Quota quota) {
        List<String> preference = cluster.ring().preference(cluster.ring().partitionOf(key));
        List<String> rest = quota.sloppy() ? preference.subList(quota.n(), preference.size()) : List.of();
        return new Replicas(
                cluster,
                preference.subList(0, quota.n()),
                rest.stream().filter(cluster::isReachable).toList());
    }

    List<String> primaries() {
        return primaries;
    }

    /** The reachable primaries, this node first when it is one: its copy costs no network. */
    List<String> reachablePrimaries() {
        List<String> reachable = new ArrayList<>(primaries.size());
        for (String node : primaries) {
            if (cluster.self().filter(node::equals).isPresent()) {
                reachable.add(0, node);
            } else if (cluster.isReachable(node)) {
                reachable.add(node);
            }
        }
        return reachable;
    }

    boolean isPrimary(String node) {
        return primaries.contains(node);
    }

    /** Whether that node is one of the {@code n} that keep the key, however many this request asked. */
    boolean keeps(String node, int n) {
        return primaries.indexOf(node) >= 0 && primaries.indexOf(node) < n;
    }

    /** The next reachable fallback that this request has not used; always empty when it is not sloppy. */
    Optional<String> nextFallback() {
        return fallbacksUsed < fallbacks.size() ? Optional.of(fallbacks.get(fallbacksUsed++)) : Optional.empty();
    }

    int fallbacksLeft() {
        return fallbacks.size() - fallbacksUsed;
    }
}
