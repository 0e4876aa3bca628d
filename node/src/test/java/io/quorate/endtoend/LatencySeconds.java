package io.quorate.endtoend;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** How long requests took, by the second in which each was due. */
final class LatencySeconds {
    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1_000;

    private final long startNanos = System.nanoTime();
    private final Map<Long, Second> seconds = new ConcurrentSkipListMap<>();
    private final Map<Long, String> events = new TreeMap<>();

    /** Reads and writes of one second. */
    private record Second(Histogram reads, Histogram writes) {
        static Second empty() {
            return new Second(new SynchronizedHistogram(DIGITS), new SynchronizedHistogram(DIGITS));
        }
    }

    void record(boolean write, long dueNanos, long endNanos) {
        Second second = seconds.computeIfAbsent(second(dueNanos), first -> Second.empty());
        (write ? second.writes() : second.reads())
                .recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, endNanos - dueNanos)));
    }

    /** Something is done to the cluster now. */
    void mark(String event) {
        events.merge(second(System.nanoTime()), event, (before, more) -> before + ", " + more);
    }

    private long second(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos - startNanos);
    }

    /** A line a second, from some before the first event to the end. */
    List<String> lines(int before) {
        long first = events.keySet().stream().findFirst().orElse(0L) - before;
        return seconds.entrySet().stream()
                .filter(second -> second.getKey() >= first)
                .map(second -> line(second.getKey(), second.getValue()))
                .toList();
    }

    private String line(long at, Second second) {
        return String.format(
                Locale.ROOT,
                "%4d s  reads %s  writes %s  %s",
                at,
                text(second.reads()),
                text(second.writes()),
                events.getOrDefault(at, ""));
    }

    private static String text(Histogram latency) {
        return String.format(
                Locale.ROOT,
                "%5d, p50 %6.1f ms, p99 %7.1f ms, max %7.1f ms",
                latency.getTotalCount(),
                latency.getValueAtPercentile(50) / MICROS_PER_MILLI,
                latency.getValueAtPercentile(99) / MICROS_PER_MILLI,
                latency.getMaxValue() / MICROS_PER_MILLI);
    }
}
