package io.quorate.node.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** What was measured. */
public final class BenchResult {
    private static final double MICROS_PER_SECOND = 1e6;

    private final BenchPlan plan;
    private final Tally tally;
    private final Usage before;
    private final Usage after;

    BenchResult(BenchPlan plan, Tally tally, Usage before, Usage after) {
        this.plan = plan;
        this.tally = tally;
        this.before = before;
        this.after = after;
    }

    /**
     * Latencies of one kind of operation, in microseconds.
     *
     * @param perSecond how many were done in a second
     */
    record Latency(String kind, long count, double perSecond, List<Long> percentiles, long max) {
        static final double[] PERCENTILES = {50, 95, 99, 99.9};
    }

    /**
     * What one node spent on each request of the whole cluster, in microseconds of CPU; empty where not known.
     *
     * @param byKernel the same as the operating system tells
     * @param allocatedBytes heap that it allocated for a request
     */
    record NodeCost(
            String id,
            OptionalDouble micros,
            OptionalDouble byKernel,
            OptionalDouble allocatedBytes,
            OptionalDouble residentBytes) {}

    /** Whether anything was done at all. */
    public boolean isAnyDone() {
        return tally.doneCount() > 0;
    }

    BenchPlan plan() {
        return plan;
    }

    List<Latency> latencies() {
        List<Latency> latencies = new ArrayList<>();
        for (Workload.Kind kind : Workload.Kind.values()) {
            Histogram histogram = tally.latency(kind);
            if (histogram.getTotalCount() > 0) {
                latencies.add(latency(kind.label(), histogram));
            }
        }
        return latencies;
    }

    /** Requests done in a second: reads and writes. */
    double perSecond() {
        return tally.doneCount() / (double) plan.drive().seconds();
    }

    /** How often which error was answered, or what else went wrong. */
    public Map<String, Long> errors() {
        return tally.errors();
    }

    long siblings() {
        return tally.siblingCount();
    }

    /** The most concurrent values that a read showed; 0 when none did. */
    int siblingsMax() {
        return tally.siblingsMax();
    }

    long looks() {
        return tally.lookCount();
    }

    long unsent() {
        return tally.unsentCount();
    }

    List<NodeCost> nodes() {
        List<NodeCost> costs = new ArrayList<>();
        before.nodes().forEach((id, then) -> {
            NodeUsage now = after.nodes().get(id);
            costs.add(new NodeCost(
                    id,
                    micros(NodeUsage.between(then.cpuSeconds(), now.cpuSeconds())),
                    micros(NodeUsage.between(then.kernelCpuSeconds(), now.kernelCpuSeconds())),
                    perRequest(NodeUsage.between(then.allocatedBytes(), now.allocatedBytes())),
                    now.residentBytes()));
        });
        return costs;
    }

    /**
     * CPU that all nodes together spent on a request, in microseconds, as the operating system tells and without their JIT compilers'; empty
     * when that of one is not known.
     */
    public OptionalDouble servingMicros() {
        return micros(byAllNodes(NodeUsage::servingCpuSeconds));
    }

    /** Heap that all nodes together allocated for a request, in bytes; empty when one of them did not tell. */
    public OptionalDouble allocatedBytes() {
        return perRequest(byAllNodes(NodeUsage::allocatedBytes));
    }

    /** CPU that all nodes together spent on a request, in microseconds, as they tell; empty when one of them did not. */
    OptionalDouble cpuMicros() {
        return micros(byAllNodes(NodeUsage::cpuSeconds));
    }

    /** The same as the operating system tells. */
    OptionalDouble cpuMicrosByKernel() {
        return micros(byAllNodes(NodeUsage::kernelCpuSeconds));
    }

    /** What this process spent on a request. */
    OptionalDouble generator() {
        return micros(OptionalDouble.of(after.generatorCpuSeconds() - before.generatorCpuSeconds()));
    }

    private OptionalDouble byAllNodes(Function<NodeUsage, OptionalDouble> counter) {
        double sum = 0;
        for (Map.Entry<String, NodeUsage> then : before.nodes().entrySet()) {
            NodeUsage now = after.nodes().get(then.getKey());
            OptionalDouble spent = NodeUsage.between(counter.apply(then.getValue()), counter.apply(now));
            if (spent.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += spent.getAsDouble();
        }
        return OptionalDouble.of(sum);
    }

    private OptionalDouble micros(OptionalDouble seconds) {
        OptionalDouble each = perRequest(seconds);
        return each.isEmpty() ? each : OptionalDouble.of(each.getAsDouble() * MICROS_PER_SECOND);
    }

    private OptionalDouble perRequest(OptionalDouble spent) {
        long requests = after.completions() - before.completions();
        return spent.isEmpty() || requests == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(spent.getAsDouble() / requests);
    }

    private Latency latency(String kind, Histogram histogram) {
        List<Long> percentiles = new ArrayList<>();
        for (double percentile : Latency.PERCENTILES) {
            percentiles.add(histogram.getValueAtPercentile(percentile));
        }
        double perSecond = histogram.getTotalCount() / (double) plan.drive().seconds();
        return new Latency(kind, histogram.getTotalCount(), perSecond, percentiles, histogram.getMaxValue());
    }
}
