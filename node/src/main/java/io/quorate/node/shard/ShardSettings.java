package io.quorate.node.shard;

import io.quorate.antientropy.Reaper;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.node.membership.FailureDetector.Timing;
import io.quorate.node.membership.Membership;
import io.quorate.node.replica.Replica.Limits;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a shard is told at its start.
 *
 * @param index of the shard in the node, from 0; shard 0 also speaks for the node
 * @param shards of the node
 * @param background what the shard does besides answering requests
 * @param limits of the replica
 * @param clockDriftMillisMax how far ahead of this node's clock a stamp may be
 */
public record ShardSettings(
        int index,
        int shards,
        Node node,
        BucketProperties defaults,
        Timing heartbeats,
        Patience patience,
        Background background,
        Limits limits,
        long clockDriftMillisMax) {
    /**
     * How replicas are kept equal without anybody reading them.
     *
     * @param handoff whether what is owed to others is delivered; without, it waits, and anti-entropy has to find it
     * @param exchangeIntervalMillis from one anti-entropy round with a peer to the next; zero for none but those asked for
     * @param repairBytesPerSecondMax of states sent and received for repair
     * @param reaping when tombstones may go
     */
    public record Background(
            boolean handoff, long exchangeIntervalMillis, long repairBytesPerSecondMax, Reaper.Settings reaping) {}

    /**
     * What the node is in the cluster.
     *
     * @param member as others are to see it
     * @param store the id of its data folder
     * @param seeds peer addresses of members to ask to be let in; none for a founder
     * @param founding the members that the cluster is born with; none where it is joined
     */
    public record Node(Member member, String store, List<String> seeds, MemberTable founding) {
        Membership.Self self(int shards) {
            return new Membership.Self(member, store, seeds, shards);
        }
    }

    /** This node's id. */
    String self() {
        return node.member().id();
    }

    /** Whether a partition belongs to this shard: they are dealt out to the shards in turn. */
    boolean owns(int partition) {
        return partition % shards == index;
    }

    /** The partitions of this shard. */
    List<Integer> partitions() {
        return IntStream.range(0, node.founding().partitions())
                .filter(this::owns)
                .boxed()
                .toList();
    }
}
