package io.quorate.node.http.metrics;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One event loop's timers of requests, by operation and status. They are looked up once and then found by index. */
public final class RequestTimers {
    private static final int STATUSES = 600;
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(3),
        Duration.ofMillis(10),
        Duration.ofMillis(30),
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10)
    };

    private final Metrics metrics;
    private final Map<Operation, Timer[]> timers = new EnumMap<>(Operation.class);

    public RequestTimers(Metrics metrics) {
        this.metrics = metrics;
        for (Operation operation : Operation.values()) {
            timers.put(operation, new Timer[STATUSES]);
        }
    }

    public void record(Operation operation, int status, long nanos) {
        Timer[] ofOperation = timers.get(operation);
        Timer timer = ofOperation[status];
        if (timer == null) {
            timer = register(operation, status);
            ofOperation[status] = timer;
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer register(Operation operation, int status) {
        return Timer.builder("quorate.http.request")
                .description("HTTP requests answered, and how long that took")
                .tag("operation", operation.label())
                .tag("status", Integer.toString(status))
                .serviceLevelObjectives(BUCKETS)
                .register(metrics.registry());
    }
}
