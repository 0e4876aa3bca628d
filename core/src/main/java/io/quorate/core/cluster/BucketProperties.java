package io.quorate.core.cluster;

import java.util.Optional;

/**
 * What a bucket's requests promise when they do not say otherwise.
 *
 * @param ttl of values whose writes name none; empty when they stay
 */
public record BucketProperties(int n, Quorum r, Quorum w, boolean sloppy, ConflictRule conflict, Optional<Ttl> ttl) {
    public static final BucketProperties DEFAULT =
            new BucketProperties(3, Quorum.MAJORITY, Quorum.MAJORITY, true, ConflictRule.SIBLINGS);

    /** Of a bucket whose values stay. */
    public BucketProperties(int n, Quorum r, Quorum w, boolean sloppy, ConflictRule conflict) {
        this(n, r, w, sloppy, conflict, Optional.empty());
    }

    public boolean hasLocalQuorum() {
        return r.isLocal() || w.isLocal();
    }

    /** With quorums of all replicas in place of local ones. */
    public BucketProperties withoutLocalQuorum() {
        return new BucketProperties(
                n, r.isLocal() ? Quorum.MAJORITY : r, w.isLocal() ? Quorum.MAJORITY : w, sloppy, conflict, ttl);
    }

    public BucketProperties withConflict(ConflictRule rule) {
        return new BucketProperties(n, r, w, sloppy, rule, ttl);
    }

    public BucketProperties withSloppy(boolean newSloppy) {
        return new BucketProperties(n, r, w, newSloppy, conflict, ttl);
    }
}
