package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.GroupAnswer;
import io.quorate.coordinator.api.GroupWrite;
import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.api.KeyPage;
import io.quorate.coordinator.api.PatchAnswer;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
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
     * Reads all keys of a group. Whatever the answer shows, it also shows every write of the group that was acknowledged before that was
     * issued, as far as r and the w of those writes overlap.
     *
     * @param options whose n, r and time count
     */
    void readGroup(Group group, ReadOptions options, Consumer<Result<GroupAnswer>> done);

    /**
     * Writes keys of one group, each once; at every replica all of them or none.
     *
     * @param options whose context is not used: each write names its own
     */
    void writeGroup(List<GroupWrite> writes, WriteOptions options, Consumer<Result<List<WriteAnswer>>> done);

    /**
     * Names a bucket's keys that have a live value, in token order.
     *
     * @param after {@link KeyPage#next} of the page before, or empty for the first page
     */
    void list(String bucket, Optional<Bytes> after, int limit, int timeoutMillis, Consumer<Result<KeyPage>> done);

    void inspect(Key key, int timeoutMillis, Consumer<Inspection> done);
}
