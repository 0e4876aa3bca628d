package io.quorate.node.membership;

import java.util.stream.IntStream;

/**
 * What shards have told shard 0: by which ring each of them goes, whether it has all data that it
 * is to keep by it, and whether it holds nothing else.
 */
public final class ShardNews {
    private final long[] adopted;
    private final long[] copied;
    private final long[] drained;
    private final long[] copying;
    private final int[] partitions;

    ShardNews(int shards) {
        adopted = new long[shards];
        copied = new long[shards];
        drained = new long[shards];
        copying = new long[shards];
        partitions = new int[shards];
    }

    public void adopted(int shard, long ring) {
        adopted[shard] = ring;
    }

    public void copied(int shard, long ring) {
        copied[shard] = ring;
    }

    /** A shard has copied that many partitions so far. */
    public void copying(int shard, long ring, int count) {
        copying[shard] = ring;
        partitions[shard] = count;
    }

    int partitionsCopied(long ring) {
        return IntStream.range(0, copying.length)
                .map(shard -> copying[shard] == ring ? partitions[shard] : 0)
                .sum();
    }

    public void drained(int shard, long ring) {
        drained[shard] = ring;
    }

    boolean haveAllAdopted(long ring) {
        return areAll(adopted, ring);
    }

    boolean haveAllCopied(long ring) {
        return areAll(copied, ring);
    }

    boolean areAllDrained(long ring) {
        return areAll(drained, ring);
    }

    private static boolean areAll(long[] rings, long ring) {
        for (long one : rings) {
            if (one != ring) {
                return false;
            }
        }
        return true;
    }
}
