package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.api.KeyPage;
import io.quorate.coordinator.api.PatchAnswer;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.datatype.Operation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries out the requests of one shard. Every callback runs once, on this shard, by the request's timeout. */
public interface Coordinator {
    void get(Key key, ReadOptions options, Consumer<Result<ReadAnswer>> done);

    void put(Key key, Bytes value, WriteOptions options, Consumer<Result<WriteAnswer>> done);

    void delete(Key key, WriteOptions options, Consumer<Result<WriteAnswer>> done);

    /**
     * Carries out operations, all of one data type, on the value of a key: all of them or none.
     *
     * @param options the context is what the value must reflect before, as {@code atLeast} of a read
     */
    void patch(Key key, List<Operation> operations, WriteOptions options, Consumer<Result<PatchAnswer>> done);

    /**
     * Names a bucket's keys that have a live value, in token order.
     *
     * @param after {@link KeyPage#next} of the page before, or empty for the first page
     */
    void list(String bucket, Optional<Bytes> after, int limit, int timeoutMillis, Consumer<Result<KeyPage>> done);

    void inspect(Key key, int timeoutMillis, Consumer<Inspection> done);
}
