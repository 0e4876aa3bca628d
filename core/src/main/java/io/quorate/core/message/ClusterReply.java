package io.quorate.core.message;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.Copying;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.version.Actor;
import java.util.List;
import java.util.SortedMap;

/** What nodes answer about the cluster itself. */
public sealed interface ClusterReply extends Reply {
    /**
     * So am I; the other fields mirror {@link ClusterRequest.Heartbeat}.
     *
     * @param copying what the sender has copied so far
     */
    record Alive(Actor actor, boolean serving, long bucketsDigest, long membersDigest, Copying copying)
            implements ClusterReply {}

    /** The table after the merge. */
    record Buckets(BucketTable table) implements ClusterReply {}

    /** The node with that id will join. */
    record Invited(String node) implements ClusterReply {}

    /** The table after the merge. */
    record MemberTables(MemberTable table) implements ClusterReply {}

    /** Whether the node that was asked for answered a heartbeat; serving or not. */
    record Reached(boolean answered) implements ClusterReply {}

    /** The reaping horizon of each partition that has one, as a hybrid time. */
    record Horizons(SortedMap<Integer, Long> byPartition) implements ClusterReply {}

    /** Debts by the member that they are owed to; none is zero. */
    record Owed(SortedMap<String, Long> debts) implements ClusterReply {}

    /**
     * The cluster as the answering node sees it.
     *
     * @param defaults of buckets that were never set
     * @param reachable ids of the members that it can reach, itself included
     */
    record Described(MemberTable members, BucketProperties defaults, BucketTable buckets, List<String> reachable)
            implements ClusterReply {}
}
