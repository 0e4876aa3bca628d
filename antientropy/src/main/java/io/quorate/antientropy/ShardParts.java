package io.quorate.antientropy;

/** What all exchanges of one shard work with. */
record ShardParts(Surroundings world, KeyTrees trees, ReplicaKeys keys, Claims claims, Pace pace) {
    String self() {
        return world.cluster().self().orElseThrow();
    }
}
