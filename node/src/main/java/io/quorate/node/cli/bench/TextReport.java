package io.quorate.node.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What was measured, for people. */
final class TextReport {
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double BYTES_PER_KIB = 1 << 10;
    private static final double BYTES_PER_MIB = 1 << 20;

    private final BenchResult result;
    private final List<String> lines = new ArrayList<>();

    private TextReport(BenchResult result) {
        this.result = result;
    }

    static String of(BenchResult result) {
        TextReport report = new TextReport(result);
        report.plan();
        report.latencies();
        report.troubles();
        report.costs();
        return String.join("\n", report.lines);
    }

    private void plan() {
        BenchPlan plan = result.plan();
        BenchPlan.Drive drive = plan.drive();
        add(
                "workload %s: %s; %,d keys%s, values of %,d bytes",
                plan.workload().label(),
                plan.workload().description(),
                plan.keys(),
                plan.zipfian() ? ", some far more wanted than others" : ", all wanted alike",
                plan.valueBytes());
        add(
                "%d connections, %s; %d s after %d s of warm-up",
                drive.connections(),
                drive.rate() > 0
                        ? drive.rate() + " operations a second, latency from when each was due"
                        : "closed loop",
                drive.seconds(),
                drive.warmupSeconds());
        add("");
    }

    private void latencies() {
        add("%-8s %10s %10s %9s %9s %9s %9s %9s", "ms", "count", "a second", "p50", "p95", "p99", "p99.9", "max");
        for (BenchResult.Latency latency : result.latencies()) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT, "%-8s %,10d %,10.0f", latency.kind(), latency.count(), latency.perSecond()));
            latency.percentiles().forEach(micros -> line.append(millis(micros)));
            lines.add(line.append(millis(latency.max())).toString());
        }
        add("%-8s %10s %,10.0f", "requests", "", result.perSecond());
        add("");
    }

    private void troubles() {
        if (result.errors().isEmpty()) {
            add("no errors");
        }
        result.errors().forEach((what, count) -> add("%,d times %s", count, what));
        add("%,d answers showed concurrent values", result.siblings());
        if (result.siblingsMax() > 0) {
            add("at most %,d concurrent values in one read", result.siblingsMax());
        }
        if (result.looks() > 0) {
            add("%,d reads only to learn what a write must name (not counted above)", result.looks());
        }
        if (result.unsent() > 0) {
            add("%,d operations were due and never sent: the rate is more than is borne", result.unsent());
        }
        add("");
    }

    private void costs() {
        add("%-10s %14s %14s %14s %9s", "CPU", "µs a request", "says /proc", "KiB allocated", "MiB");
        for (BenchResult.NodeCost node : result.nodes()) {
            add(
                    "%-10s %14s %14s %14s %9s",
                    node.id(),
                    number("%.1f", node.micros(), 1),
                    number("%.1f", node.byKernel(), 1),
                    number("%.1f", node.allocatedBytes(), BYTES_PER_KIB),
                    number("%,.0f", node.residentBytes(), BYTES_PER_MIB));
        }
        add(
                "%-10s %14s %14s %14s",
                "all nodes",
                number("%.1f", result.cpuMicros(), 1),
                number("%.1f", result.cpuMicrosByKernel(), 1),
                number("%.1f", result.allocatedBytes(), BYTES_PER_KIB));
        add("%-10s %14s", "generator", number("%.1f", result.generator(), 1));
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, " %9.2f", micros / MICROS_PER_MILLI);
    }

    private static String number(String format, OptionalDouble value, double unit) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, format, value.getAsDouble() / unit);
    }
}
