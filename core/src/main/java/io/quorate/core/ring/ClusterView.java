package io.quorate.core.ring;

import io.quorate.core.cluster.BucketProperties;
import java.util.Optional;

/** The cluster as one shard sees it now. Answers may differ from one call to the next, and are cheap. */
public interface ClusterView {
    Ring ring();

    /** This node's id; empty in an embedded coordinator. */
    Optional<String> self();

    /** The zone that this coordinator is in; empty when it was not told. */
    Optional<String> zone();

    /** A node said that it goes by another ring: find out, soon, which of the two is behind. */
    void onOtherRing(String node);

    /** Whether requests to that node are worth sending. A guess: it may be wrong either way for a second or two. */
    boolean isReachable(String node);

    /** The bucket's own properties, or the configured defaults. */
    BucketProperties bucket(String name);
}
