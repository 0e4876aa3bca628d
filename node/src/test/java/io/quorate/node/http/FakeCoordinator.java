package io.quorate.node.http;

import io.quorate.coordinator.api.Acknowledgement;
import io.quorate.coordinator.api.Explanation;
import io.quorate.coordinator.api.Explanation.Asked;
import io.quorate.coordinator.api.Explanation.Merge;
import io.quorate.coordinator.api.Explanation.Owed;
import io.quorate.coordinator.api.Explanation.Promise;
import io.quorate.coordinator.api.Explanation.Said;
import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.GroupAnswer;
import io.quorate.coordinator.api.GroupWrite;
import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.api.KeyPage;
import io.quorate.coordinator.api.PatchAnswer;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.TypedView;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.cluster.Ttl;
import io.quorate.core.datatype.DataType;
import io.quorate.core.datatype.Operation;
import io.quorate.core.time.HybridTime;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A coordinator over one replica in memory, which answers at once unless it is told to fail or to wait. */
final class FakeCoordinator implements Coordinator {
    static final Actor ACTOR = new Actor("n1", 0x17c2);
    /** 2026-01-31T12:00:00.120Z, so that the third digit of the milliseconds is a zero. */
    static final long MILLIS = 1_769_860_800_120L;

    static final Explanation EXPLANATION = new Explanation(
            7,
            List.of("n2", "n1", "n3", "n4"),
            List.of(
                    new Asked("n1", true, Optional.empty(), 12, List.of(new Said(1_500, "value", Optional.of(0xABCL)))),
                    new Asked("n4", false, Optional.of("n2"), 20_003, List.of())),
            new TreeMap<>(Map.of("n2", "unreachable")),
            Optional.of(new Merge(1, ReadRepair.ASYNC, new TreeMap<>(Map.of("n3", "absent")))),
            List.of(new Owed("n2", "n4")),
            new Promise(3, 1, 2, true, false));

    volatile ReadOptions lastRead;
    volatile WriteOptions lastWrite;
    volatile Optional<Bytes> lastValue = Optional.empty();
    volatile List<Operation> lastOperations = List.of();
    volatile int lastListLimit;
    volatile int lastTimeoutMillis;
    volatile boolean overlap = true;
    volatile boolean waiting;
    volatile Optional<Failure> failure = Optional.empty();
    volatile Optional<Explanation> failureExplanation = Optional.empty();
    volatile Optional<RuntimeException> fault = Optional.empty();
    volatile Optional<Inspection> inspection = Optional.empty();
    volatile List<Acknowledgement> acks = List.of(new Acknowledgement("n1", Optional.empty()));
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();

    private final SortedMap<Key, Siblings> states = new ConcurrentSkipListMap<>();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private long counter = HybridTime.ofMillis(MILLIS);

    @Override
    public void get(Key key, ReadOptions options, Consumer<Result<ReadAnswer>> done) {
        reads.incrementAndGet();
        lastRead = options;
        Siblings state = states.getOrDefault(key, Siblings.EMPTY);
        finish(read(state, options.explain()), done);
    }

    private ReadAnswer read(Siblings state, boolean explain) {
        return new ReadAnswer(
                state.versions(), Optional.empty(), state.context(), 3, 2, 2, overlap, explanation(explain));
    }

    @Override
    public void put(Key key, Bytes value, WriteOptions options, Consumer<Result<WriteAnswer>> done) {
        lastValue = Optional.of(value);
        finish(write(key, Optional.of(value), options), done);
    }

    @Override
    public void delete(Key key, WriteOptions options, Consumer<Result<WriteAnswer>> done) {
        lastValue = Optional.empty();
        finish(write(key, Optional.empty(), options), done);
    }

    /** Whatever is asked, the answer shows a counter. */
    @Override
    public void patch(Key key, List<Operation> operations, WriteOptions options, Consumer<Result<PatchAnswer>> done) {
        lastOperations = operations;
        lastWrite = options;
        Dot dot = new Dot(ACTOR, ++counter);
        WriteAnswer write = new WriteAnswer(
                dot,
                Sibling.NEVER,
                Context.EMPTY.withDot(dot),
                false,
                3,
                2,
                acks,
                overlap,
                explanation(options.explain()));
        TypedView typed = new TypedView(DataType.COUNTER, List.of(), List.of());
        finish(new PatchAnswer(write, Bytes.utf8("7"), typed), done);
    }

    @Override
    public void readGroup(Group group, ReadOptions options, Consumer<Result<GroupAnswer>> done) {
        reads.incrementAndGet();
        lastRead = options;
        List<GroupAnswer.Entry> entries = states.entrySet().stream()
                .filter(state -> group.contains(state.getKey()))
                .map(state -> new GroupAnswer.Entry(state.getKey(), read(state.getValue(), false)))
                .filter(entry -> entry.read().isFound())
                .toList();
        finish(new GroupAnswer(entries, 3, 2, 2, overlap), done);
    }

    @Override
    public void writeGroup(List<GroupWrite> group, WriteOptions options, Consumer<Result<List<WriteAnswer>>> done) {
        List<WriteAnswer> answers = group.stream()
                .map(write -> write(write.key(), write.value(), options.withContext(write.seen())))
                .toList();
        lastWrite = options;
        finish(answers, done);
    }

    @Override
    public void list(
            String bucket, Optional<Bytes> after, int limit, int timeoutMillis, Consumer<Result<KeyPage>> done) {
        lastListLimit = limit;
        lastTimeoutMillis = timeoutMillis;
        List<Key> left = states.keySet().stream()
                .filter(key -> key.bucket().equals(bucket))
                .filter(key -> after.isEmpty() || key.encoded().compareTo(after.get()) > 0)
                .toList();
        List<Key> page = left.subList(0, Math.min(limit, left.size()));
        Optional<Bytes> next = page.size() < left.size()
                ? Optional.of(page.get(page.size() - 1).encoded())
                : Optional.empty();
        finish(new KeyPage(page.stream().map(Key::name).toList(), next), done);
    }

    @Override
    public void inspect(Key key, int timeoutMillis, Consumer<Inspection> done) {
        lastTimeoutMillis = timeoutMillis;
        done.accept(inspection.orElseThrow());
    }

    /** Answers what had to wait. Call it on the event loop. */
    void release() {
        waiting = false;
        while (!held.isEmpty()) {
            held.remove().run();
        }
    }

    void reset() {
        states.clear();
        overlap = true;
        failure = Optional.empty();
        failureExplanation = Optional.empty();
        fault = Optional.empty();
        acks = List.of(new Acknowledgement("n1", Optional.empty()));
        reads.set(0);
        writes.set(0);
        lastOperations = List.of();
    }

    private WriteAnswer write(Key key, Optional<Bytes> value, WriteOptions options) {
        writes.incrementAndGet();
        lastWrite = options;
        counter++;
        Dot dot = new Dot(ACTOR, counter);
        long expires = options.ttl().map(Ttl::millis).orElse(Sibling.NEVER);
        Siblings before = states.getOrDefault(key, Siblings.EMPTY);
        Siblings after =
                before.stamp(options.context(), new Sibling(dot, new RequestId(0, counter), value, expires), 3);
        states.put(key, after);
        Context seen = options.context().withDot(dot);
        return new WriteAnswer(
                dot, expires, seen, after.versions().size() > 1, 3, 2, acks, overlap, explanation(options.explain()));
    }

    private static Optional<Explanation> explanation(boolean asked) {
        return asked ? Optional.of(EXPLANATION) : Optional.empty();
    }

    private <T> void finish(T answer, Consumer<Result<T>> done) {
        if (fault.isPresent()) {
            throw fault.get();
        }
        Result<T> result = failure.<Result<T>>map(why -> new Result.Failed<>(why, failureExplanation))
                .orElseGet(() -> new Result.Done<>(answer));
        if (waiting) {
            held.add(() -> done.accept(result));
        } else {
            done.accept(result);
        }
    }
}
