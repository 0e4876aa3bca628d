package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.version.RequestId;
import java.util.List;
import java.util.Optional;

/**
 * What a client wants written.
 *
 * @param value empty to delete
 */
record Write(
        Key key, Optional<Bytes> value, WriteOptions options, BucketProperties bucket, Quota quota, RequestId request) {
    /** A default that the cluster is too small for is not forgotten: the copies are made when it has grown. */
    private int copies() {
        return options.n().isPresent() ? quota.n() : Math.max(quota.n(), bucket.n());
    }

    Stamp toStamp(List<String> owedTo) {
        return new Stamp(
                key,
                options.context(),
                value,
                request,
                options.idempotencyKey().isPresent(),
                copies(),
                bucket.conflict(),
                owedTo);
    }
}
