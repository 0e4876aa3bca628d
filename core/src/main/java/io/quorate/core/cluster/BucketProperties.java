package io.quorate.core.cluster;

/** What a bucket's requests promise when they do not say otherwise. */
public record BucketProperties(int n, Quorum r, Quorum w, boolean sloppy, ConflictRule conflict) {
    public static final BucketProperties DEFAULT =
            new BucketProperties(3, Quorum.MAJORITY, Quorum.MAJORITY, true, ConflictRule.SIBLINGS);

    public BucketProperties withSloppy(boolean newSloppy) {
        return new BucketProperties(n, r, w, newSloppy, conflict);
    }
}
