package io.quorate.core.cluster;

/** What a bucket's requests promise when they do not say otherwise. */
public record BucketProperties(int n, Quorum r, Quorum w, boolean sloppy, ConflictRule conflict) {
    public static final BucketProperties DEFAULT =
            new BucketProperties(3, Quorum.MAJORITY, Quorum.MAJORITY, true, ConflictRule.SIBLINGS);

    public boolean hasLocalQuorum() {
        return r.isLocal() || w.isLocal();
    }

    /** With quorums of all replicas in place of local ones. */
    public BucketProperties withoutLocalQuorum() {
        return new BucketProperties(
                n, r.isLocal() ? Quorum.MAJORITY : r, w.isLocal() ? Quorum.MAJORITY : w, sloppy, conflict);
    }
}
