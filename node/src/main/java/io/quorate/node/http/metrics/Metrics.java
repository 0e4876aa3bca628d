package io.quorate.node.http.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.DoubleSupplier;

/** All meters of a node. One a process, shared by its event loops. */
public final class Metrics implements AutoCloseable {
    private static final String PEER = "peer";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        collections.bindTo(registry);
        ProcessMetrics.bindTo(this);
    }

    /**
     * Shows a number that goes up and down.
     *
     * @param name words with dots between, a unit last: {@code quorate.hint.bytes}
     * @param value asked on an event loop at every scrape: it answers at once, on any thread
     */
    public void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).description(description).register(registry);
    }

    /** Shows such a number for one of the other nodes. */
    public void gauge(String name, String description, String peer, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble)
                .description(description)
                .tag(PEER, peer)
                .register(registry);
    }

    /**
     * Shows a number that only goes up; {@code _total} is added to its name.
     *
     * @param value as in {@link #gauge}
     */
    public void counter(String name, String description, DoubleSupplier value) {
        // The registry holds its subject weakly. This object lives as long as the registry does.
        FunctionCounter.builder(name, this, self -> value.getAsDouble())
                .description(description)
                .register(registry);
    }

    /** Shows such a number for one of the other nodes. */
    public void counter(String name, String description, String peer, DoubleSupplier value) {
        FunctionCounter.builder(name, this, self -> value.getAsDouble())
                .description(description)
                .tag(PEER, peer)
                .register(registry);
    }

    /** Prometheus text, version 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    MeterRegistry registry() {
        return registry;
    }
}
