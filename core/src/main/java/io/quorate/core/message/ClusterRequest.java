package io.quorate.core.message;

import io.quorate.core.cluster.BucketTable;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.version.Actor;
import java.util.List;

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

    /** Merge this member table with yours. Answered by {@link ClusterReply.MemberTables}. */
    record ShareMembers(MemberTable table) implements ClusterRequest {}

    /** I cannot reach that node: can you? Answered by {@link ClusterReply.Reached}. */
    record ProbeFor(String target) implements ClusterRequest {}

    /** Merge this bucket table with yours. Answered by {@link ClusterReply.Buckets}, when the merged table is durable. */
    record ShareBuckets(BucketTable table) implements ClusterRequest {}

    /**
     * Let me into the cluster. Answered by {@link ClusterReply.MemberTables} that has me in it, or refused with the reason.
     *
     * @param wish the cluster as the newcomer imagines it, with its own entry alone: the seat that it wants, and its first claim
     */
    record Join(MemberTable wish) implements ClusterRequest {}

    /**
     * Join the cluster whose members are named; sent to a node that belongs to none. Answered by {@link ClusterReply.Invited}, or refused
     * with the reason.
     *
     * @param seeds peer addresses of members
     * @param slot of the ring that it is to take over; empty for one of its own
     */
    record Invite(List<String> seeds, String slot) implements ClusterRequest {}

    /** Describe the cluster to a coordinator that knows only this address. Answered by {@link ClusterReply.Described}. */
    record Describe() implements ClusterRequest {}

    /** Up to what time is each partition reaped at yours? Asked before a node serves. Answered by {@link ClusterReply.Horizons}. */
    record AskHorizons() implements ClusterRequest {}

    /** Whom do you owe writes, once those that you coordinate now have ended? Answered by {@link ClusterReply.Owed}. */
    record AskOwed() implements ClusterRequest {}
}
