package io.quorate.node;

import io.quorate.node.http.metrics.Metrics;
import io.quorate.node.storage.StoreStatus;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows how a node's store is doing among its metrics. */
final class StoreMetrics {
    private static final double MICROS_PER_SECOND = 1e6;

    private final Metrics metrics;
    private final Supplier<StoreStatus> status;

    StoreMetrics(Metrics metrics, Supplier<StoreStatus> status) {
        this.metrics = metrics;
        this.status = status;
    }

    void register() {
        registerContents();
        registerWrites();
        registerCompaction();
        registerReads();
    }

    private void registerContents() {
        gauge("keys", "Keys stored", StoreStatus::keys);
        gauge("live.bytes", "Bytes of the records that count", StoreStatus::liveBytes);
        gauge("disk.bytes", "Bytes of the segments and their key files", StoreStatus::diskBytes);
        gauge("index.bytes", "Bytes of the index", StoreStatus::indexBytes);
        gauge("segments", "Segments on the disk", StoreStatus::segments);
        gauge("quarantined.records", "Records known to be damaged", StoreStatus::quarantined);
        gauge("read.only", "1 when no writes are taken, else 0", now -> now.readOnly() ? 1 : 0);
    }

    private void registerWrites() {
        gauge(
                "waiting.bytes",
                "Bytes of writes not yet done",
                now -> now.writes().waitingBytes());
        counter(
                "fsyncs",
                "Times something was forced to the disk",
                now -> now.writes().fsyncs());
        counter("write.groups", "Groups of writes", now -> now.writes().groups());
        counter(
                "write.records",
                "Records in groups of writes; by fsyncs, how many share one",
                now -> now.writes().records());
        counter(
                "write.seconds",
                "Time that writing and forcing groups took; by groups, how long one takes",
                now -> now.writes().groupMicros() / MICROS_PER_SECOND);
    }

    private void registerCompaction() {
        counter(
                "compaction.segments",
                "Segments emptied",
                now -> now.compaction().segments());
        counter(
                "compaction.bytes",
                "Bytes copied out of them",
                now -> now.compaction().bytes());
        counter(
                "compaction.pauses",
                "Times the writer rested for compaction to keep up",
                now -> now.compaction().pauses());
        counter(
                "compaction.pause.seconds",
                "Time the writer rested for compaction to keep up",
                now -> now.compaction().pauseMicros() / MICROS_PER_SECOND);
    }

    private void registerReads() {
        counter(
                "cache.hits",
                "Reads that found their value in memory",
                now -> now.cache().hits());
        counter("cache.misses", "Reads that did not", now -> now.cache().misses());
        gauge(
                "cache.bytes",
                "Bytes of the values held in memory",
                now -> now.cache().bytes());
        counter(
                "scrub.bytes",
                "Bytes read in search of damage",
                now -> now.scrub().bytes());
        counter(
                "scrub.passes",
                "Times the whole store was searched",
                now -> now.scrub().passes());
        counter(
                "scrub.damaged.records",
                "Damaged records found by searching",
                now -> now.scrub().damaged());
    }

    private void gauge(String name, String description, ToDoubleFunction<StoreStatus> value) {
        metrics.gauge("quorate.storage." + name, description, () -> value.applyAsDouble(status.get()));
    }

    private void counter(String name, String description, ToDoubleFunction<StoreStatus> value) {
        metrics.counter("quorate.storage." + name, description, () -> value.applyAsDouble(status.get()));
    }
}
