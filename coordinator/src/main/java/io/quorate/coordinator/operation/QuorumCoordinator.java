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
import io.quorate.coordinator.conflict.Resolution;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.datatype.Operation;
import io.quorate.core.datatype.OperationsCodec;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The coordinator of the protocol: one operation object per request, on one shard. */
public final class QuorumCoordinator implements Coordinator {
    private final Shard shard;
    private final Resolution resolution;
    private final Settling settling = new Settling();

    public QuorumCoordinator(Shard shard) {
        this(shard, Resolution.STANDARD);
    }

    public QuorumCoordinator(Shard shard, Resolution resolution) {
        this.shard = shard;
        this.resolution = resolution;
    }

    @Override
    public void get(Key key, ReadOptions options, Consumer<Result<ReadAnswer>> done) {
        BucketProperties bucket = shard.cluster().bucket(key.bucket());
        whenValid(
                Quota.ofRead(options, bucket, shard.cluster(), key),
                done,
                quota -> new ReadOperation(
                                shard, key, options, bucket, quota, then(done, reading -> shown(key, bucket, reading)))
                        .start());
    }

    @Override
    public void put(Key key, Bytes value, WriteOptions options, Consumer<Result<WriteAnswer>> done) {
        write(key, Optional.of(value), options, done);
    }

    @Override
    public void delete(Key key, WriteOptions options, Consumer<Result<WriteAnswer>> done) {
        write(key, Optional.empty(), options, done);
    }

    private void write(Key key, Optional<Bytes> value, WriteOptions options, Consumer<Result<WriteAnswer>> done) {
        writeAll(
                List.of(new GroupWrite(key, value, options.context())), options, then(done, answers -> answers.get(0)));
    }

    @Override
    public void writeGroup(List<GroupWrite> writes, WriteOptions options, Consumer<Result<List<WriteAnswer>>> done) {
        GroupWrite.requireOneGroup(writes);
        writeAll(writes, options, done);
    }

    private void writeAll(List<GroupWrite> writes, WriteOptions options, Consumer<Result<List<WriteAnswer>>> done) {
        Key first = writes.get(0).key();
        BucketProperties bucket = written(first);
        whenValid(
                Quota.ofWrite(options, bucket, shard.cluster(), first),
                done,
                quota -> start(
                        named(writes, options, bucket, quota), then(done, written -> told(writes, bucket, written))));
    }

    private List<Write> named(List<GroupWrite> writes, WriteOptions options, BucketProperties bucket, Quota quota) {
        List<Write> named = new ArrayList<>(writes.size());
        for (GroupWrite write : writes) {
            WriteOptions own = options.withContext(write.seen());
            RequestId request = name(write.key(), options);
            named.add(new Write(write.key(), new Write.Value(write.value()), own, bucket, quota, request));
        }
        return named;
    }

    /**
     * The bucket's properties for a write. A group's readers must meet its writes at the key's own replicas, so where a request says nothing
     * of fallbacks, none stands in for those of a key that has a tag.
     */
    private BucketProperties written(Key key) {
        BucketProperties bucket = shard.cluster().bucket(key.bucket());
        return key.tag().isPresent() ? bucket.withSloppy(false) : bucket;
    }

    /**
     * Reads before it writes: the replica that carries the patch out is sent what r replicas know, so that a patch acts on all that was
     * acknowledged before it, and a retry meets what it repeats.
     */
    @Override
    public void patch(Key key, List<Operation> operations, WriteOptions options, Consumer<Result<PatchAnswer>> done) {
        BucketProperties bucket = written(key);
        ReadOptions before = PatchTerms.read(options);
        WriteOptions after = PatchTerms.write(options);
        Bytes encoded = OperationsCodec.encode(operations);
        RequestId request = name(key, options);
        whenValid(
                Quota.ofWrite(after, bucket, shard.cluster(), key),
                done,
                writing -> whenValid(
                        Quota.ofRead(before, bucket, shard.cluster(), key),
                        done,
                        reading -> new ReadOperation(shard, key, before, bucket, reading, result -> {
                                    Optional<Result.Failed<Reading>> stale = PatchTerms.stale(result, options);
                                    if (stale.isPresent()) {
                                        done.accept(stale.get().ofWhole());
                                        return;
                                    }
                                    Write.Content patch = new Write.Operations(encoded, PatchTerms.known(result));
                                    start(
                                            List.of(new Write(key, patch, after, bucket, writing, request)),
                                            then(done, written -> patched(key, bucket, written.get(0))));
                                })
                                .start()));
    }

    private void start(List<Write> writes, Consumer<Result<List<Written>>> ended) {
        new WriteOperation(shard, writes, ended, settling.begin()).start();
    }

    /** The client's own name for its request, or a new one. */
    private RequestId name(Key key, WriteOptions options) {
        return options.idempotencyKey()
                .map(name -> RequestId.ofIdempotencyKey(key, name))
                .orElseGet(() -> RequestId.random(shard.random()));
    }

    @Override
    public void readGroup(Group group, ReadOptions options, Consumer<Result<GroupAnswer>> done) {
        BucketProperties bucket = shard.cluster().bucket(group.bucket());
        whenValid(
                Quota.ofGroup(options, bucket, shard.cluster()),
                done,
                quota -> new GroupReadOperation(
                                shard, group, options, bucket, quota, then(done, reading -> shown(bucket, reading)))
                        .start());
    }

    private GroupAnswer shown(BucketProperties bucket, GroupReading reading) {
        List<GroupAnswer.Entry> entries = reading.merged().keySet().stream()
                .sorted(Comparator.comparing(Key::name))
                .map(key -> new GroupAnswer.Entry(key, shown(key, bucket, reading.of(key))))
                .filter(entry -> entry.read().isFound())
                .toList();
        return new GroupAnswer(entries, reading.n(), reading.r(), reading.replies(), reading.overlap());
    }

    /** The one place where a bucket's policy makes of siblings what a reader is shown. */
    private ReadAnswer shown(Key key, BucketProperties bucket, Reading reading) {
        Resolution.Shown shown = resolution.resolve(key, bucket.conflict(), reading.merged());
        return new ReadAnswer(
                shown.versions(),
                shown.typed(),
                reading.merged().context(),
                reading.n(),
                reading.r(),
                reading.replies(),
                reading.overlap(),
                reading.explanation());
    }

    private List<WriteAnswer> told(List<GroupWrite> writes, BucketProperties bucket, List<Written> written) {
        List<WriteAnswer> answers = new ArrayList<>(written.size());
        for (int i = 0; i < written.size(); i++) {
            answers.add(told(writes.get(i).key(), bucket, written.get(i)));
        }
        return answers;
    }

    private WriteAnswer told(Key key, BucketProperties bucket, Written written) {
        boolean siblings = written.stamped().versions() > 1
                && resolution
                                .resolve(
                                        key,
                                        bucket.conflict(),
                                        SiblingsCodec.decode(written.stamped().siblings()))
                                .versions()
                                .size()
                        > 1;
        return new WriteAnswer(
                written.stamped().dot(),
                written.expiresMillis(),
                written.context(),
                siblings,
                written.n(),
                written.w(),
                written.acks(),
                written.overlap(),
                written.explanation());
    }

    @Override
    public void list(
            String bucket, Optional<Bytes> after, int limit, int timeoutMillis, Consumer<Result<KeyPage>> done) {
        ListOperation.ListQuery query = new ListOperation.ListQuery(bucket, after, limit, timeoutMillis);
        whenValid(
                Quota.ofList(shard.cluster().bucket(bucket), shard.cluster()),
                done,
                quota -> new ListOperation(shard, query, quota, done).start());
    }

    @Override
    public void inspect(Key key, int timeoutMillis, Consumer<Inspection> done) {
        new InspectOperation(shard, key, timeoutMillis, done).start();
    }

    /** Runs the task once every write that has begun by now has ended, and what it left undone is owed or lost to knowledge. */
    public void whenSettled(Runnable task) {
        settling.whenSettled(task);
    }

    private PatchAnswer patched(Key key, BucketProperties bucket, Written written) {
        Siblings state = SiblingsCodec.decode(written.stamped().siblings());
        Resolution.Shown shown = resolution.resolve(key, bucket.conflict(), state);
        return new PatchAnswer(
                told(key, bucket, written),
                shown.versions().get(0).value().orElse(Bytes.EMPTY),
                shown.typed().orElseThrow());
    }

    private static <S, T> Consumer<Result<S>> then(Consumer<Result<T>> done, Function<S, T> change) {
        return result -> {
            if (result instanceof Result.Done<S> success) {
                done.accept(new Result.Done<>(change.apply(success.answer())));
            } else if (result instanceof Result.Failed<S> failed) {
                done.accept(failed.ofWhole());
            }
        };
    }

    private static <T> void whenValid(Result<Quota> quota, Consumer<Result<T>> done, Consumer<Quota> start) {
        if (quota instanceof Result.Done<Quota> valid) {
            start.accept(valid.answer());
        } else if (quota instanceof Result.Failed<Quota> invalid) {
            done.accept(invalid.ofWhole());
        }
    }
}
