package io.quorate.core.cluster;

/**
 * How far a member is with copying what the change that is under way gives to it, by its own word. Told with heartbeats and never kept:
 * it is of use to people alone.
 *
 * @param ring digest of the ring that it copies by; zero when nothing changes
 * @param begunMillis when it first heard of the change, since 1970
 * @param partitions that it has from a node that reads go to
 */
public record Copying(long ring, long begunMillis, int partitions) {
    public static final Copying NONE = new Copying(0, 0, 0);
}
