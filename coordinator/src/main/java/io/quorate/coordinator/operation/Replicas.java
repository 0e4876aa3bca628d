package io.quorate.coordinator.operation;

import io.quorate.core.Key;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The nodes of one request: its key's primaries, and the fallbacks that are still free to stand in for one of them. */
final class Replicas {
    private final ClusterView cluster;
    private final Ring ring;
    private final Optional<String> zone;
    private final List<String> preference;
    private final List<Electorate> electorates;
    private final List<String> primaries;
    private final List<String> fallbacks;

    private Replicas(ClusterView cluster, Key key, Quota quota, Function<Ring, Optional<List<String>>> alsoElecting) {
        this.cluster = cluster;
        this.ring = cluster.ring();
        this.zone = cluster.zone();
        this.preference = ring.preference(ring.partitionOf(key));
        List<String> reading = first(quota.n(), preference);
        Optional<List<String>> other =
                alsoElecting.apply(ring).map(list -> first(quota.n(), list)).filter(list -> !list.equals(reading));
        this.electorates = new ArrayList<>(2);
        electorates.add(electorate(quota, reading));
        // A zone that gives up or has not got its replicas yet has no quorum there.
        other.map(list -> electorate(quota, list))
                .filter(electorate -> !electorate.voters().isEmpty())
                .ifPresent(electorates::add);
        List<String> all = new ArrayList<>(reading);
        other.ifPresent(
                list -> list.stream().filter(node -> !reading.contains(node)).forEach(all::add));
        this.primaries = List.copyOf(zone.isPresent() ? nearFirst(all) : all);
        this.fallbacks = new ArrayList<>();
        for (String node : quota.sloppy() ? preference : List.<String>of()) {
            if (!primaries.contains(node) && cluster.isReachable(node)) {
                fallbacks.add(node);
            }
        }
    }

    private List<String> nearFirst(List<String> nodes) {
        List<String> sorted = new ArrayList<>(nodes.size());
        List<String> far = new ArrayList<>(nodes.size());
        for (String node : nodes) {
            (isNear(node) ? sorted : far).add(node);
        }
        sorted.addAll(far);
        return sorted;
    }

    static Replicas toRead(ClusterView cluster, Key key, Quota quota) {
        return new Replicas(cluster, key, quota, ring -> Optional.empty());
    }

    /** While a member comes or goes, a write needs a quorum of those that have the key and one of those that will have it. */
    static Replicas toWrite(ClusterView cluster, Key key, Quota quota) {
        return new Replicas(cluster, key, quota, ring -> ring.otherPreference(ring.partitionOf(key)));
    }

    /** Members may have left since the request's numbers were checked. */
    private static List<String> first(int n, List<String> preference) {
        return preference.subList(0, Math.min(n, preference.size()));
    }

    private Electorate electorate(Quota quota, List<String> nodes) {
        if (!quota.local()) {
            return Electorate.of(nodes, quota.needed());
        }
        List<String> near = nodes.stream().filter(this::isNear).toList();
        return new Electorate(near, Quorum.LOCAL.of(near.size()), this::isNear);
    }

    /** Whether a node is in this coordinator's own zone. */
    private boolean isNear(String node) {
        return zone.isPresent() && ring.zoneOf(node).equals(zone);
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
    List<Electorate> electorates() {
        return electorates;
    }

    /** Whether every electorate could make a quorum if all of these primaries and all fallbacks answered. */
    boolean canReach(List<String> reachable) {
        for (Electorate electorate : electorates) {
            int answers = 0;
            for (String voter : electorate.voters()) {
                answers += reachable.contains(voter) ? 1 : 0;
            }
            for (String fallback : fallbacks) {
                answers += electorate.admits().test(fallback) ? 1 : 0;
            }
            if (answers < electorate.needed()) {
                return false;
            }
        }
        return true;
    }

    /** Those of this coordinator's zone first. */
    List<String> primaries() {
        return primaries;
    }

    /** The reachable primaries, this node first when it is one, for its copy costs no network, then those of its zone. */
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
        return first(n, preference).contains(node);
    }

    /**
     * The next reachable fallback that this request has not used, one of the primary's own zone if there is any: the copies stay
     * spread as they were. Always empty when the request is not sloppy.
     */
    Optional<String> nextFallback(String primary) {
        Optional<String> zone = ring.zoneOf(primary);
        Optional<String> next = fallbacks.stream()
                .filter(node -> ring.zoneOf(node).equals(zone))
                .findFirst()
                .or(() -> fallbacks.stream().findFirst());
        next.ifPresent(fallbacks::remove);
        return next;
    }

    int fallbacksLeft() {
        return fallbacks.size();
    }

    /**
     * Whether any quorum of this request has a replica in common with any quorum of a request of the other kind, wherever that is
     * coordinated.
     *
     * @param copies of the key
     * @param others what requests of the other kind wait for
     */
    boolean overlaps(Quota quota, int copies, Quorum others) {
        if (!others.isLocal()) {
            return quota.needed() + Math.min(copies, others.of(copies)) > copies;
        }
        Map<String, Long> byZone = first(copies, preference).stream()
                .collect(Collectors.groupingBy(
                        node -> ring.zoneOf(node).orElse(""), TreeMap::new, Collectors.counting()));
        int fewest = byZone.values().stream()
                .mapToInt(count -> others.of(count.intValue()))
                .min()
                .orElse(0);
        return (byZone.size() == 1 || !quota.local()) && quota.needed() + fewest > copies;
    }
}
