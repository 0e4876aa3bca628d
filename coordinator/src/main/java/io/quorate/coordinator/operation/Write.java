package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Ttl;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.Patch;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.version.RequestId;
import java.util.List;
import java.util.Optional;

/** What a client wants written. */
record Write(Key key, Content content, WriteOptions options, BucketProperties bucket, Quota quota, RequestId request) {
    /** A whole value, or operations on one. */
    sealed interface Content {}

    /**
     * A plain value in place of what the client has seen.
     *
     * @param value empty to delete
     */
    record Value(Optional<Bytes> value) implements Content {}

    /**
     * Operations on a typed value.
     *
     * @param operations in their binary form
     * @param known the state that was read before; empty bytes when there was none
     */
    record Operations(Bytes operations, Bytes known) implements Content {}

    boolean isPatch() {
        return content instanceof Operations;
    }

    /** A default that the cluster is too small for is not forgotten: the copies are made when it has grown. */
    private int copies() {
        return options.n().isPresent() ? quota.n() : Math.max(quota.n(), bucket.n());
    }

    /** The request's own, else the bucket's; zero when the value stays. */
    long ttlMillis() {
        return options.ttl().or(bucket::ttl).map(Ttl::millis).orElse(0L);
    }

    ReplicaRequest toStamp(List<String> owedTo) {
        boolean idempotent = options.idempotencyKey().isPresent();
        if (content instanceof Operations patch) {
            return new Patch(
                    key, patch.operations(), patch.known(), ttlMillis(), request, idempotent, copies(), owedTo);
        }
        Optional<Bytes> value = ((Value) content).value();
        long ttlMillis = value.isPresent() ? ttlMillis() : 0;
        return new Stamp(
                key, options.context(), value, ttlMillis, request, idempotent, copies(), bucket.conflict(), owedTo);
    }
}
