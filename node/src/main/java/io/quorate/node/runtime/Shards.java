package io.quorate.node.runtime;

import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.ListKeys;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.Owe;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.Request;
import io.quorate.core.ring.Ring;
import java.util.List;

/** All shards of the node, and which of them a request belongs to. */
public final class Shards {
    private final Ring ring;
    private final List<ShardLoop> loops;

    public Shards(Ring ring, List<ShardLoop> loops) {
        this.ring = ring;
        this.loops = List.copyOf(loops);
    }

    public List<ShardLoop> all() {
        return loops;
    }

    /** The shard that speaks for the whole node. */
    public ShardLoop first() {
        return loops.get(0);
    }

    ShardLoop of(Request request) {
        return request instanceof ReplicaRequest forReplica ? ofPartition(partitionOf(forReplica)) : first();
    }

    private ShardLoop ofPartition(int partition) {
        return loops.get(partition % loops.size());
    }

    private int partitionOf(ReplicaRequest request) {
        if (request instanceof Fetch fetch) {
            return ring.partitionOf(fetch.key());
        } else if (request instanceof Merge merge) {
            return ring.partitionOf(merge.key());
        } else if (request instanceof Stamp stamp) {
            return ring.partitionOf(stamp.key());
        } else if (request instanceof Owe owe) {
            return ring.partitionOf(owe.key());
        }
        return ((ListKeys) request).partition();
    }
}
