package io.quorate.node.cli.guard;

import io.quorate.node.cli.bench.Bench;
import io.quorate.node.cli.bench.BenchPlan;
import io.quorate.node.cli.bench.BenchResult;
import io.quorate.node.cli.bench.Workload;
import io.quorate.node.cli.client.ClusterMap;
import io.quorate.node.cli.client.Endpoint;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Measures with the load generator of {@code quorate bench}, the same connections to reference and subject. */
final class BenchMeter implements Meter {
    private static final int CONNECTIONS = 32;
    private static final int KEYS = 1_000;
    private static final int VALUE_BYTES = 100;
    private static final int WARMUP_SECONDS = 1;
    private static final int TIMEOUT_MILLIS = 5_000;

    private final int seconds;
    private final Bench reference;
    private final Map<Check, Bench> subjects = new EnumMap<>(Check.class);

    private BenchMeter(ClusterMap cluster, Endpoint nullServer, int seconds) {
        this.seconds = seconds;
        ClusterMap alone = new ClusterMap("reference", List.of(new ClusterMap.Node("null", nullServer)));
        reference = new Bench(plan(Workload.C, "reference"), alone.endpoints(), alone);
        for (Check check : Check.values()) {
            // A bucket for each: a bench takes itself for the only writer of its keys.
            BenchPlan plan = plan(check.workload(), "guard-" + check.label());
            subjects.put(check, new Bench(plan, cluster.endpoints(), cluster));
        }
    }

    /** A meter whose keys are written. */
    static BenchMeter loaded(ClusterMap cluster, Endpoint nullServer, int seconds)
            throws IOException, InterruptedException {
        BenchMeter meter = new BenchMeter(cluster, nullServer, seconds);
        for (Bench subject : meter.subjects.values()) {
            subject.load();
        }
        return meter;
    }

    @Override
    public double reference() throws IOException, InterruptedException {
        return told(measure("the null handler", reference).servingMicros(), "the operating system", "CPU");
    }

    @Override
    public Spent subject(Check check) throws IOException, InterruptedException {
        BenchResult result = measure(check.label(), subjects.get(check));
        return new Spent(
                told(result.servingMicros(), "the operating system", "CPU"),
                told(result.allocatedBytes(), "a node", "memory"));
    }

    private BenchPlan plan(Workload workload, String bucket) {
        return new BenchPlan(
                workload,
                bucket,
                KEYS,
                false,
                VALUE_BYTES,
                true,
                false,
                new BenchPlan.Drive(1, CONNECTIONS, WARMUP_SECONDS, seconds, 0),
                new BenchPlan.Terms("?n=3&r=2", "?n=3&w=2", TIMEOUT_MILLIS));
    }

    /** What a failed request costs is not what is asked. */
    private static BenchResult measure(String what, Bench bench) throws IOException, InterruptedException {
        BenchResult result = bench.measure();
        if (!result.errors().isEmpty()) {
            throw new IOException("requests failed (" + what + "): " + result.errors());
        }
        return result;
    }

    private static double told(OptionalDouble spent, String by, String what) throws IOException {
        return spent.orElseThrow(() -> new IOException(by + " does not tell what " + what
                + " the servers spend: they must run on this machine, which must be a Linux, and on HotSpot"));
    }
}
