package io.quorate.node.shard;

import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.ring.Ring;
import io.quorate.node.membership.Heartbeats.Timing;

/**
 * What a shard is told at its start.
 *
 * @param self this node's id
 * @param index of the shard in the node, from 0; shard 0 also speaks for the node
 * @param shards of the node
 * @param waitingMax requests that may wait for the turn of a key
 * @param handoffEnabled whether what is owed to other members is delivered
 * @param clockDriftMillisMax how far ahead of this node's clock a stamp may be
 */
public record ShardSettings(
        String self,
        int index,
        int shards,
        Ring ring,
        BucketProperties defaults,
        Timing heartbeats,
        Patience patience,
        int waitingMax,
        boolean handoffEnabled,
        long clockDriftMillisMax) {
    /** Whether a key belongs to this shard: partitions are dealt out to the shards in turn. */
    public boolean owns(Key key) {
        return ring.partitionOf(key) % shards == index;
    }
}
