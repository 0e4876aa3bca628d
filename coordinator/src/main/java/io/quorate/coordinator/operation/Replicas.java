package io.quorate.coordinator.operation;

import io.quorate.core.Key;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The nodes of one request: its key's primaries, and the fallbacks that are still free to stand in for one of them. */
final class Replicas {
    private final ClusterView cluster;
    private final Ring ring;
    private final List<List<String>> electorates;
    private final List<String> primaries;
    private final List<String> fallbacks;
    private int fallbacksUsed;

    private Replicas(ClusterView cluster, List<List<String>> electorates, List<String> fallbacks) {
        this.cluster = cluster;
        this.ring = cluster.ring();
        this.electorates = electorates;
        this.primaries = electorates.size() == 1
                ? electorates.get(0)
                : electorates.stream().flatMap(List::stream).distinct().toList();
        this.fallbacks = fallbacks;
    }

    static Replicas toRead(ClusterView cluster, Key key, Quota quota) {
        List<String> preference = cluster.ring().preference(cluster.ring().partitionOf(key));
        return of(cluster, quota, preference, List.of(first(quota.n(), preference)));
    }

    /** While a member comes or goes, a write needs a quorum of those that have the key and one of those that will have it. */
    static Replicas toWrite(ClusterView cluster, Key key, Quota quota) {
        int partition = cluster.ring().partitionOf(key);
        List<String> preference = cluster.ring().preference(partition);
        List<List<String>> electorates = new ArrayList<>(2);
        electorates.add(first(quota.n(), preference));
        cluster.ring()
                .otherPreference(partition)
                .map(other -> first(quota.n(), other))
                .filter(other -> !other.equals(electorates.get(0)))
                .ifPresent(electorates::add);
        return of(cluster, quota, preference, List.copyOf(electorates));
    }

    /** Members may have left since the request's numbers were checked. */
    private static List<String> first(int n, List<String> preference) {
        return preference.subList(0, Math.min(n, preference.size()));
    }

    private static Replicas of(
            ClusterView cluster, Quota quota, List<String> preference, List<List<String>> electorates) {
        List<String> rest = quota.sloppy() ? preference : List.of();
        return new Replicas(
                cluster,
                electorates,
                rest.stream()
                        .filter(cluster::isReachable)
                        .filter(node -> electorates.stream().noneMatch(electorate -> electorate.contains(node)))
                        .toList());
    }

    /** What a request must be fenced by that is sent to them. */
    long ring() {
        return ring.digest();
    }

    /** Whether the cluster's ring still is the one that they were chosen by. */
    boolean isCurrent() {
        return cluster.ring().digest() == ring.digest();
    }

    /** The sets of which each must make a quorum; the first is the one that reads go by. */
    List<List<String>> electorates() {
        return electorates;
    }

    /** Whether every electorate could make a quorum if all answered that can be reached. */
    boolean canReach(int needed) {
        List<String> reachable = reachablePrimaries();
        return electorates.stream()
                .allMatch(electorate ->
                        electorate.stream().filter(reachable::contains).count() + fallbacksLeft()
                                >= Math.min(needed, electorate.size()));
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
        List<String> reading = electorates.get(0);
        return reading.indexOf(node) >= 0 && reading.indexOf(node) < n;
    }

    /** The next reachable fallback that this request has not used; always empty when it is not sloppy. */
    Optional<String> nextFallback() {
        return fallbacksUsed < fallbacks.size() ? Optional.of(fallbacks.get(fallbacksUsed++)) : Optional.empty();
    }

    int fallbacksLeft() {
        return fallbacks.size() - fallbacksUsed;
    }
}
