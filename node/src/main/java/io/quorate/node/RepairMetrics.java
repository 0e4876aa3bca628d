package io.quorate.node;

import io.quorate.antientropy.PeerProgress;
import io.quorate.node.http.metrics.Metrics;
import io.quorate.node.runtime.RepairWatch.Repair;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows how far this node and each of its peers are from holding the same. */
final class RepairMetrics {
    private final Metrics metrics;
    private volatile Supplier<Map<String, Repair>> latest = Map::of;

    RepairMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Names where the figures are. */
    void read(Supplier<Map<String, Repair>> source) {
        latest = source;
    }

    /** Adds the meters of one peer. */
    void register(String peer) {
        gauge(peer, "handoff.owed.keys", "Keys that this node owes to the peer", Repair::owed);
        gauge(
                peer,
                "antientropy.lag.seconds",
                "Time since a round began that found both in sync, or made them so; NaN before the first",
                repair -> lagSeconds(repair.progress()));
        counter(peer, "rounds", "Rounds that ended", PeerProgress::rounds);
        counter(peer, "partitions.compared", "Trees whose roots were compared", PeerProgress::partitionsCompared);
        counter(
                peer,
                "partitions.differing",
                "Trees that still differed at the second look",
                PeerProgress::partitionsDiffering);
        counter(peer, "keys.repaired", "Keys brought up to date, here or there", PeerProgress::keysRepaired);
        counter(
                peer,
                "keys.in.flight",
                "Keys that differed but were only just written, and were left alone",
                PeerProgress::keysInFlight);
        counter(peer, "bytes", "Bytes of keys, hashes and states exchanged", PeerProgress::bytes);
    }

    private static double lagSeconds(PeerProgress progress) {
        return progress.inSyncMillis() == 0
                ? Double.NaN
                : (System.currentTimeMillis() - progress.inSyncMillis()) / (double) TimeUnit.SECONDS.toMillis(1);
    }

    private void gauge(String peer, String name, String description, ToDoubleFunction<Repair> value) {
        metrics.gauge(
                "quorate." + name,
                description,
                peer,
                () -> find(peer).map(value::applyAsDouble).orElse(Double.NaN));
    }

    private void counter(String peer, String name, String description, ToDoubleFunction<PeerProgress> value) {
        metrics.counter(
                "quorate.antientropy." + name,
                description,
                peer,
                () -> find(peer)
                        .map(repair -> value.applyAsDouble(repair.progress()))
                        .orElse(0.0));
    }

    private Optional<Repair> find(String peer) {
        return Optional.ofNullable(latest.get().get(peer));
    }
}
