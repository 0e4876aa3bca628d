package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.Failure.WriteOutcome;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of one request, checked against each other and the cluster.
 *
 * @param n replicas to use
 * @param needed r or w, at most n
 * @param local whether only replicas in the coordinator's own zone count towards it
 * @param sloppy whether fallbacks may stand in
 */
record Quota(int n, int needed, boolean local, boolean sloppy) {
    static Result<Quota> ofRead(ReadOptions options, BucketProperties bucket, ClusterView cluster, Key key) {
        return ofKey(new Asked("r", options.n(), options.r(), options.sloppy()), bucket.r(), bucket, cluster, key);
    }

    static Result<Quota> ofWrite(WriteOptions options, BucketProperties bucket, ClusterView cluster, Key key) {
        return ofKey(new Asked("w", options.n(), options.w(), options.sloppy()), bucket.w(), bucket, cluster, key);
    }

    /** Of a group's own replicas, wherever they are: those of one zone may not have met what the others acknowledged. */
    static Result<Quota> ofGroup(ReadOptions options, BucketProperties bucket, ClusterView cluster) {
        if (options.r().filter(Quorum::isLocal).isPresent()) {
            return invalid("a group is read from replicas of all zones: use r=quorum in place of r=local_quorum");
        }
        return of(
                new Asked("r", options.n(), options.r(), Optional.of(false)),
                bucket.withoutLocalQuorum().r(),
                bucket,
                cluster.ring().members().size());
    }

    /** Of a listing; a partition may have no replica in a zone, so it does without local quorums. */
    static Result<Quota> ofList(BucketProperties bucket, ClusterView cluster) {
        return of(
                new Asked("r", Optional.empty(), Optional.empty(), Optional.empty()),
                bucket.withoutLocalQuorum().r(),
                bucket,
                cluster.ring().members().size());
    }

    /** As in {@code w=2 of n=3}; {@code name} is r or w. */
    String label(String name) {
        return name + "=" + (local ? Quorum.LOCAL.label() : needed) + " of n=" + n;
    }

    /** What the request itself says; {@code name} is r or w. */
    private record Asked(String name, Optional<Quorum> n, Optional<Quorum> needed, Optional<Boolean> sloppy) {}

    private static Result<Quota> ofKey(
            Asked asked, Quorum bucketNeeded, BucketProperties bucket, ClusterView cluster, Key key) {
        Result<Quota> quota =
                of(asked, bucketNeeded, bucket, cluster.ring().members().size());
        return quota instanceof Result.Done<Quota> done && done.answer().local()
                ? done.answer().inZone(asked.name(), cluster, key)
                : quota;
    }

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
                    + "=1 to " + name + "=" + n + ", one, quorum, all or local_quorum");
        }
        boolean local = asked.needed().orElse(bucketNeeded).isLocal();
        return new Result.Done<>(new Quota(n, needed, local, asked.sloppy().orElse(bucket.sloppy())));
    }

    /** A local quorum's number follows from the key: so many of its replicas are in the zone. */
    private Result<Quota> inZone(String name, ClusterView cluster, Key key) {
        if (cluster.zone().isEmpty()) {
            return invalid(
                    name + "=local_quorum needs a zone, and this coordinator is in none: connect with the zone that it"
                            + " is in, or use " + name + "=quorum");
        }
        Ring ring = cluster.ring();
        int near = (int) ring.preference(ring.partitionOf(key)).stream()
                .limit(n)
                .filter(node -> ring.zoneOf(node).equals(cluster.zone()))
                .count();
        if (near == 0) {
            return invalid(name + "=local_quorum cannot be met: none of the key's n=" + n + " replicas is in the zone '"
                    + cluster.zone().get() + "': raise n, ask a node of another zone, or use " + name + "=quorum");
        }
        return new Result.Done<>(new Quota(n, Quorum.LOCAL.of(near), true, sloppy));
    }

    private static Result<Quota> invalid(String message) {
        return new Result.Failed<>(new Failure.InvalidQuorum(message));
    }
}
