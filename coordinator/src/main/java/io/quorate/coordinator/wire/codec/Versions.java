package io.quorate.coordinator.wire.codec;

/**
 * The protocol versions that one side of a connection speaks, all from the oldest to the newest.
 *
 * <pre>
 * 1  the first
 * 2  buckets may have local quorums, or merge three ways; a peer of version 1 is not told of those that do
 * </pre>
 *
 * <p>Whoever changes a message makes a version of it. Messages are written as the connection's version has them; what is read may
 * be of any version that is spoken here.
 */
public record Versions(int oldest, int newest) {
    /** All that this release speaks: two at least, so that a cluster can be upgraded node by node. */
    public static final Versions SPOKEN = new Versions(1, 2);

    static final int LOCAL_QUORUMS = 2;
    static final int THREE_WAY = 2;

    /** These without the newer ones. */
    public Versions upTo(int version) {
        return new Versions(oldest, Math.min(version, newest));
    }

    public boolean includes(int version) {
        return version >= oldest && version <= newest;
    }

    /** The newest that both speak; zero when they have none in common. */
    public int common(Versions others) {
        int version = Math.min(newest, others.newest);
        return includes(version) && others.includes(version) ? version : 0;
    }

    @Override
    public String toString() {
        return oldest + " to " + newest;
    }
}
