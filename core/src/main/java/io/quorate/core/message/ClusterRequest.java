package io.quorate.core.message;

import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.version.Actor;

/** What nodes and embedded coordinators ask about the cluster itself. */
public sealed interface ClusterRequest extends Request {
    /**
     * I am here. Answered by {@link ClusterReply.Alive}.
     *
     * @param actor the sender's node and incarnation
     * @param serving whether it takes requests for keys (false while it starts or stops)
     * @param bucketsDigest of the sender's bucket table; who has another sends {@link ShareBuckets}
     * @param membersDigest of the sender's member table; who has another sends {@link ShareMembers}
     */
    record Heartbeat(Actor actor, boolean serving, long bucketsDigest, long membersDigest) implements ClusterRequest {}

    /** Merge this bucket table with yours. Answered by {@link ClusterReply.Buckets}, when the merged table is durable. */
    record ShareBuckets(BucketTable table) implements ClusterRequest {}

    /** Merge this member table with yours. Answered by {@link ClusterReply.MemberTables}, at once: gossip is no promise. */
    record ShareMembers(MemberTable table) implements ClusterRequest {}

    /** I cannot reach that node: can you? Answered by {@link ClusterReply.Reached}. */
    record ProbeFor(String target) implements ClusterRequest {}

    /** Describe the cluster to a coordinator that knows only this address. Answered by {@link ClusterReply.Described}. */
    record Describe() implements ClusterRequest {}

    /** Up to what time is each partition reaped at yours? Asked before a node serves. Answered by {@link ClusterReply.Horizons}. */
    record AskHorizons() implements ClusterRequest {}

    /** Whom do you owe writes, once those that you coordinate now have ended? Answered by {@link ClusterReply.Owed}. */
    record AskOwed() implements ClusterRequest {}
}
