package io.quorate.coordinator;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.Member;
import io.quorate.core.message.ClusterReply.Described;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The cluster as nodes described it to an embedded coordinator, and as its own connections found it. */
final class ClientView implements ClusterView {
    private Ring ring;
    private BucketProperties defaults;
    private BucketTable buckets;
    private Set<String> reachable;

    ClientView(Described described) {
        adopt(described);
    }

    void adopt(Described described) {
        // The ring is costly to compute and changes only with the members.
        if (ring == null || !ring.members().equals(described.members())) {
            ring = Ring.of(described.members());
        }
        defaults = described.defaults();
        buckets = described.buckets();
        reachable = new LinkedHashSet<>(described.reachable());
    }

    void disconnected(String node) {
        reachable.remove(node);
    }

    Optional<String> peerAddress(String node) {
        return ring.members().find(node).map(Member::peer);
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
    public boolean isReachable(String node) {
        return reachable.contains(node);
    }

    @Override
    public BucketProperties bucket(String name) {
        return buckets.find(name).orElse(defaults);
    }
}
