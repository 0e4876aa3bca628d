package io.quorate.node;

import io.quorate.coordinator.wire.WireCounts;
import io.quorate.coordinator.wire.WireCounts.Snapshot;
import io.quorate.node.http.metrics.Metrics;
import java.util.function.ToLongFunction;

/** Shows what goes over the wire between this node and its peers. */
final class WireMetrics {
    private final Metrics metrics;
    private final WireCounts counts;

    WireMetrics(Metrics metrics, WireCounts counts) {
        this.metrics = metrics;
        this.counts = counts;
    }

    void register() {
        counter("frames.in", "Messages that arrived", Snapshot::framesIn);
        counter("in.bytes", "Bytes that arrived", Snapshot::bytesIn);
        counter("frames.out", "Messages sent", Snapshot::framesOut);
        counter("out.bytes", "Bytes sent", Snapshot::bytesOut);
        counter("flushes", "Writes to sockets; frames by flushes is how many share one", Snapshot::flushes);
        counter("connections.opened", "Connections opened, by either side", Snapshot::connected);
        counter("calls.refused", "Calls that did not leave: no connection, or too many in flight", Snapshot::refused);
        metrics.gauge("quorate.wire.connections", "Connections that are open", () -> {
            Snapshot now = counts.snapshot();
            return now.connected() - now.closed();
        });
    }

    private void counter(String name, String description, ToLongFunction<Snapshot> value) {
        metrics.counter("quorate.wire." + name, description, () -> value.applyAsLong(counts.snapshot()));
    }
}
