package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.api.KeyPage;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries out the requests of one shard. Every callback runs once, on this shard, by the request's timeout. */
public interface Coordinator {
    void get(Key key, ReadOptions options, Consumer<Result<ReadAnswer>> done);

    void put(Key key, Bytes value, WriteOptions options, Consumer<Result<WriteAnswer>> done);

    void delete(Key key, WriteOptions options, Consumer<Result<WriteAnswer>> done);

    /**
     * Names a bucket's keys that have a live value, in token order.
     *
     * @param after {@link KeyPage#next} of the page before, or empty for the first page
     */
    void list(String bucket, Optional<Bytes> after, int limit, int timeoutMillis, Consumer<Result<KeyPage>> done);

    void inspect(Key key, int timeoutMillis, Consumer<Inspection> done);
}
