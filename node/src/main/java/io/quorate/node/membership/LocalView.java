package io.quorate.node.membership;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.BucketTable;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One shard's copy of what the node knows about the cluster. */
public final class LocalView implements ClusterView {
    private final String self;
    private final Ring ring;
    private final BucketProperties defaults;
    private Set<String> reachable;
    private final Map<String, Long> hints = new TreeMap<>();
    private BucketTable buckets = BucketTable.EMPTY;

    public LocalView(String self, Ring ring, BucketProperties defaults) {
        this.self = self;
        this.ring = ring;
        this.defaults = defaults;
        this.reachable = Set.of(self);
    }

    @Override
    public Ring ring() {
        return ring;
    }

    @Override
    public Optional<String> self() {
        return Optional.of(self);
    }

    @Override
    public boolean isReachable(String node) {
        return reachable.contains(node);
    }

    @Override
    public BucketProperties bucket(String name) {
        return buckets.find(name).orElse(defaults);
    }

    public BucketTable buckets() {
        return buckets;
    }

    public BucketProperties defaults() {
        return defaults;
    }

    public void setReachable(Set<String> nodes) {
        reachable = nodes;
    }

    /** Debts to a member: writes that this node took and that one missed. */
    public long hints(String member) {
        return hints.getOrDefault(member, 0L);
    }

    public void setHints(String member, long debts) {
        hints.put(member, debts);
    }

    public void setBuckets(BucketTable table) {
        buckets = table;
    }
}
