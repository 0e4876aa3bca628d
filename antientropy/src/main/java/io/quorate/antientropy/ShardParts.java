package io.quorate.antientropy;

import io.quorate.core.message.TreeId;
import io.quorate.core.ring.Ring;

/** What all exchanges of one shard work with. */
record ShardParts(Surroundings world, KeyTrees trees, ReplicaKeys keys, Claims claims, Pace pace) {
    /** Whether both this node and the peer are among those that keep its keys, or will keep them. */
    boolean isShared(TreeId tree, String peer) {
        Ring ring = world.cluster().ring();
        return ring.keeps(peer, tree.partition(), tree.n()) && ring.keeps(self(), tree.partition(), tree.n());
    }

    String self() {
        return world.cluster().self().orElseThrow();
    }
}
