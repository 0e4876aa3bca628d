package io.quorate.node.replica;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import java.util.Optional;

/** What a node sees of a cluster in which nothing changes and everybody answers. */
public record StableCluster(Ring ring, String node) implements ClusterView {
    @Override
    public Optional<String> self() {
        return Optional.of(node);
    }

    @Override
    public Optional<String> zone() {
        return Optional.empty();
    }

    @Override
    public void onOtherRing(String other) {
        throw new AssertionError(other);
    }

    @Override
    public boolean isReachable(String other) {
        return true;
    }

    @Override
    public BucketProperties bucket(String name) {
        return BucketProperties.DEFAULT;
    }
}
