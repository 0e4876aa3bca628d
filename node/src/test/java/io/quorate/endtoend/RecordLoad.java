package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Reads and updates of stored records at a steady rate, half and half, with r=w=2. Each read is compared with what was acknowledged
 * before it began. A request that gets no answer at all, as from a node that was killed, is sent once more to another node; an answer
 * that it should not get is a failure.
 */
final class RecordLoad implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(5);
    private static final int IN_FLIGHT_MAX = 500;

    private final List<TrackedRecord> records = new ArrayList<>();
    private final LatencySeconds latencies = new LatencySeconds();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> stale = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger sentAgain = new AtomicInteger();
    private final AtomicInteger postponed = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<CompletableFuture<?>> inFlight = new ArrayList<>();
    private final Random random;
    private final long intervalNanos;
    private final Supplier<List<NodeApi>> nodes;
    private Optional<Future<?>> ticking = Optional.empty();
    private long dueNanos;

    /**
     * A load that has not begun.
     *
     * @param nodes to send the next request to, in any order
     */
    RecordLoad(int perSecond, Random random, Supplier<List<NodeApi>> nodes) {
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.random = random;
        this.nodes = nodes;
    }

    /** Records that were loaded. */
    void add(String bucket, Map<String, String> loaded) {
        loaded.forEach((key, value) -> records.add(new TrackedRecord(bucket, key, value)));
    }

    List<TrackedRecord> records() {
        return records;
    }

    void start() {
        dueNanos = System.nanoTime();
        ticking = Optional.of(clock.scheduleAtFixedRate(this::sendDue, 0, TICK.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Returns when all that was sent has been answered. */
    void stop() throws InterruptedException {
        ticking.orElseThrow().cancel(false);
        clock.shutdown();
        assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        inFlight.forEach(CompletableFuture::join);
    }

    private void sendDue() {
        inFlight.removeIf(CompletableFuture::isDone);
        for (; System.nanoTime() - dueNanos >= 0; dueNanos += intervalNanos) {
            if (inFlight.size() >= IN_FLIGHT_MAX) {
                postponed.incrementAndGet();
                return;
            }
            inFlight.add(
                    send(dueNanos, records.get(random.nextInt(records.size()))).exceptionally(broken -> {
                        failures.add("the load itself: " + broken);
                        return Optional.empty();
                    }));
        }
    }

    private CompletableFuture<Optional<String>> send(long due, TrackedRecord record) {
        if (random.nextBoolean() || !record.take()) {
            return read(due, record, order());
        }
        List<NodeApi> order = order();
        CompletableFuture<Optional<String>> context = record.context().isPresent()
                ? CompletableFuture.completedFuture(record.context())
                : read(due, record, order);
        return context.thenCompose(seen -> seen.isPresent()
                        ? write(due, record, seen.get(), order)
                        : CompletableFuture.completedFuture(seen))
                .whenComplete((done, broken) -> record.release());
    }

    private List<NodeApi> order() {
        List<NodeApi> all = nodes.get();
        int first = random.nextInt(all.size());
        return List.of(all.get(first), all.get((first + 1) % all.size()));
    }

    /** The context, if it was read. */
    private CompletableFuture<Optional<String>> read(long due, TrackedRecord record, List<NodeApi> order) {
        int acknowledged = record.acknowledged();
        return call(order, "GET", NodeApi.path(record.bucket, record.key) + "?r=2", "")
                .thenApply(answer -> {
                    Optional<Answer> good = judge(due, "get " + record.key, answer, reads);
                    good.flatMap(read -> record.complaint(read, acknowledged)).ifPresent(stale::add);
                    return good.map(Answer::context);
                });
    }

    private CompletableFuture<Optional<String>> write(
            long due, TrackedRecord record, String context, List<NodeApi> order) {
        int version = record.attempt();
        return call(
                        order,
                        "PUT",
                        NodeApi.path(record.bucket, record.key) + "?w=2",
                        record.text(version),
                        "Quorate-Context",
                        context,
                        "Idempotency-Key",
                        record.bucket + "-" + Integer.toHexString(record.key.hashCode()) + "-" + version)
                .thenApply(answer -> {
                    Optional<Answer> good = judge(due, "put " + record.key, answer, writes);
                    good.ifPresent(written -> record.acknowledge(version, written.context()));
                    return good.map(Answer::context);
                });
    }

    /** The answer, if it came: at once or at the second try. */
    private CompletableFuture<Optional<Answer>> call(
            List<NodeApi> order, String method, String path, String body, String... headers) {
        return attempt(order.get(0), method, path, body, headers).thenCompose(answer -> {
            if (answer.isPresent()) {
                return CompletableFuture.completedFuture(answer);
            }
            sentAgain.incrementAndGet();
            return attempt(order.get(1), method, path, body, headers);
        });
    }

    private static CompletableFuture<Optional<Answer>> attempt(
            NodeApi api, String method, String path, String body, String... headers) {
        return api.sendAsync(method, path, body, headers).handle((answer, gone) -> Optional.ofNullable(answer));
    }

    /** The answer, if it is none that the client may not get. */
    private Optional<Answer> judge(long due, String what, Optional<Answer> answer, AtomicInteger count) {
        latencies.record(count == writes, due, System.nanoTime());
        if (answer.isEmpty() || answer.get().status() >= 400) {
            failures.add(what + ": " + answer.map(Answer::toString).orElse("no answer from either of two nodes"));
            return Optional.empty();
        }
        count.incrementAndGet();
        return answer;
    }

    /** Requests that were answered as they should be. */
    int done() {
        return reads.get() + writes.get();
    }

    LatencySeconds latencies() {
        return latencies;
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Reads that did not reflect what was acknowledged before they began. */
    List<String> stale() {
        return List.copyOf(stale);
    }

    @Override
    public String toString() {
        return reads + " reads and " + writes + " writes of " + records.size() + " records, " + failures.size()
                + " failed, " + stale.size() + " stale, " + sentAgain + " sent again as their node was gone, "
                + postponed + " times late";
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
