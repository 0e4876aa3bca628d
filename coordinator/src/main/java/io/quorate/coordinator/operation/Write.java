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
    Stamp toStamp(List<String> owedTo) {
        return new Stamp(
                key,
                options.context(),
                value,
                request,
                options.idempotencyKey().isPresent(),
                quota.n(),
                bucket.conflict(),
                owedTo);
    }
}
