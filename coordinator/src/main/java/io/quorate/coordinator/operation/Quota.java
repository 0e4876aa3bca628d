package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.Failure.WriteOutcome;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Quorum;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of one request, checked against each other and the cluster.
 *
 * @param n replicas to use
 * @param needed r or w, at most n
 * @param sloppy whether fallbacks may stand in
 */
record Quota(int n, int needed, boolean sloppy) {
    static Result<Quota> ofRead(ReadOptions options, BucketProperties bucket, int members) {
        return of(new Asked("r", options.n(), options.r(), options.sloppy()), bucket.r(), bucket, members);
    }

    static Result<Quota> ofWrite(WriteOptions options, BucketProperties bucket, int members) {
        return of(new Asked("w", options.n(), options.w(), options.sloppy()), bucket.w(), bucket, members);
    }

    /** Whether any {@code needed} replicas and any {@code otherNeeded} replicas of {@code n} have one in common. */
    static boolean overlap(int n, int needed, Quorum otherNeeded) {
        return needed + Math.min(n, otherNeeded.of(n)) > n;
    }

    /** What the request itself says; {@code name} is r or w. */
    private record Asked(String name, Optional<Quorum> n, Optional<Quorum> needed, Optional<Boolean> sloppy) {}

    private static Result<Quota> of(Asked asked, Quorum bucketNeeded, BucketProperties bucket, int members) {
        if (members == 0) {
            return new Result.Failed<>(new Failure.QuorumNotReached(
                    "this node belongs to no cluster yet: wait until it has joined, or ask another",
                    bucket.n(),
                    bucketNeeded.of(bucket.n()),
                    List.of(),
                    Collections.emptySortedMap(),
                    WriteOutcome.NONE));
        }
        // What was asked for is refused when it cannot be had; a default is lowered to what the cluster can do.
        int n = asked.n().map(count -> count.of(members)).orElse(Math.min(bucket.n(), members));
        if (n > members) {
            return invalid("n=" + n + " is more than the cluster's " + members + " members: use n=1 to n=" + members
                    + ", or n=all");
        }
        int needed = asked.needed().map(count -> count.of(n)).orElse(Math.min(bucketNeeded.of(n), n));
        if (needed > n) {
            String name = asked.name();
            return invalid(name + "=" + needed + " is more than the n=" + n + " replicas of this request: use " + name
                    + "=1 to " + name + "=" + n + ", one, quorum or all");
        }
        return new Result.Done<>(new Quota(n, needed, asked.sloppy().orElse(bucket.sloppy())));
    }

    private static Result<Quota> invalid(String message) {
        return new Result.Failed<>(new Failure.InvalidQuorum(message));
    }
}
