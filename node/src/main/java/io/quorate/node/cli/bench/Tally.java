package io.quorate.node.cli.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What one thread counted in the window. */
final class Tally {
    private static final int DIGITS = 3;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Map<Workload.Kind, Histogram> latencies = new EnumMap<>(Workload.Kind.class);
    private final Map<String, Long> errors = new TreeMap<>();
    private long siblings;
    private int siblingsMax;
    private long looks;
    private long unsent;

    void done(Workload.Kind kind, long nanos) {
        latency(kind).recordValue(Math.max(0, nanos) / NANOS_PER_MICRO);
    }

    void error(String what) {
        errors.merge(what, 1L, Long::sum);
    }

    /** An answer that showed concurrent values. */
    void siblings() {
        siblings++;
    }

    /** An answer that showed so many concurrent values. */
    void siblings(int values) {
        siblings();
        siblingsMax = Math.max(siblingsMax, values);
    }

    /** A read that only served to learn what a write must name. */
    void look() {
        looks++;
    }

    /** Operations that were due and never sent, because those before them took too long. */
    void unsent(long count) {
        unsent += count;
    }

    void add(Tally other) {
        other.latencies.forEach((kind, histogram) -> latency(kind).add(histogram));
        other.errors.forEach((what, count) -> errors.merge(what, count, Long::sum));
        siblings += other.siblings;
        siblingsMax = Math.max(siblingsMax, other.siblingsMax);
        looks += other.looks;
        unsent += other.unsent;
    }

    /** In microseconds. */
    Histogram latency(Workload.Kind kind) {
        return latencies.computeIfAbsent(kind, absent -> new Histogram(DIGITS));
    }

    Map<String, Long> errors() {
        return errors;
    }

    long siblingCount() {
        return siblings;
    }

    /** The most concurrent values that a read showed; 0 when none did. */
    int siblingsMax() {
        return siblingsMax;
    }

    long lookCount() {
        return looks;
    }

    long unsentCount() {
        return unsent;
    }

    /** Operations that were done. A change is one, whose read and write are counted too. */
    long doneCount() {
        return latency(Workload.Kind.READ).getTotalCount()
                + latency(Workload.Kind.WRITE).getTotalCount();
    }
}
