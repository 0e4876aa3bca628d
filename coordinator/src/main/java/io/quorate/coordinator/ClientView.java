package io.quorate.coordinator;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.message.ClusterReply.Described;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The cluster as nodes described it to an embedded coordinator, and as its own connections found it. */
final class ClientView implements ClusterView {
    private final Optional<String> zone;
    private final Consumer<String> onOtherRing;
    private MemberTable table;
    private Ring ring;
    private BucketProperties defaults;
    private BucketTable buckets;
    private Set<String> reachable;

    /** A view that asks for a new description by {@code onOtherRing}, which hears the node that knows better, perhaps. */
    ClientView(Described described, Optional<String> zone, Consumer<String> onOtherRing) {
        this.zone = zone;
        this.onOtherRing = onOtherRing;
        adopt(described);
    }

    void adopt(Described described) {
        table = table == null ? described.members() : table.merge(described.members());
        // A ring is costly to compute and seldom changes.
        if (ring == null || ring.digest() != table.ringDigest()) {
            ring = Ring.of(table);
        }
        defaults = described.defaults();
        buckets = described.buckets();
        reachable = new LinkedHashSet<>(described.reachable());
    }

    void disconnected(String node) {
        reachable.remove(node);
    }

    Optional<String> peerAddress(String node) {
        return table.find(node).map(entry -> entry.claim().peer());
    }

    @Override
    public void onOtherRing(String node) {
        onOtherRing.accept(node);
    }

    @Override
    public Ring ring() {
        return ring;
    }

    @Override
    public Optional<String> self() {
        return Optional.empty();
    }

    @Override
    public Optional<String> zone() {
        return zone;
    }

    @Override
    public boolean isReachable(String node) {
        return reachable.contains(node);
    }

    @Override
    public BucketProperties bucket(String name) {
        return buckets.find(name).orElse(defaults);
    }
}
