package io.quorate.node.membership;

/** What shards have told shard 0: by which ring each of them goes, and whether it has all data that it is to keep by it. */
public final class ShardNews {
    private final long[] adopted;
    private final long[] copied;
    private final boolean[] drained;

    ShardNews(int shards) {
        adopted = new long[shards];
        copied = new long[shards];
        drained = new boolean[shards];
    }

    public void adopted(int shard, long ring) {
        adopted[shard] = ring;
    }

    public void copied(int shard, long ring) {
        copied[shard] = ring;
    }

    public void drained(int shard, boolean isDrained) {
        drained[shard] = isDrained;
    }

    boolean haveAllAdopted(long ring) {
        return areAll(adopted, ring);
    }

    boolean haveAllCopied(long ring) {
        return areAll(copied, ring);
    }

    boolean areAllDrained() {
        for (boolean one : drained) {
            if (!one) {
                return false;
            }
        }
        return true;
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
