package io.quorate.node.cli.bench;

import io.quorate.node.cli.client.Caller;
import io.quorate.node.cli.client.ClusterMap;
import io.quorate.node.cli.client.Request;
import io.quorate.node.cli.client.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a node has spent up to now, as it tells and as the operating system does; empty where that is not known.
 *
 * @param cpuSeconds {@code process_cpu_seconds_total} of its {@code /metrics}
 * @param allocatedBytes {@code jvm_threads_allocated_bytes_total}
 * @param residentBytes {@code process_resident_memory_bytes}
 * @param kernelCpuSeconds the same from {@code /proc}, when the node runs on this machine
 * @param servingCpuSeconds likewise, without what its JIT compiler spent
 */
record NodeUsage(
        OptionalDouble cpuSeconds,
        OptionalDouble allocatedBytes,
        OptionalDouble residentBytes,
        OptionalDouble kernelCpuSeconds,
        OptionalDouble servingCpuSeconds) {
    private static final int TIMEOUT_MILLIS = 2_000;

    static NodeUsage of(ClusterMap.Node node) {
        String metrics = metrics(node);
        Optional<LocalProcess> process = LocalProcess.listeningOn(node.endpoint());
        return new NodeUsage(
                value(metrics, "process_cpu_seconds_total"),
                value(metrics, "jvm_threads_allocated_bytes_total"),
                value(metrics, "process_resident_memory_bytes"),
                process.map(LocalProcess::cpuSeconds).orElse(OptionalDouble.empty()),
                process.map(LocalProcess::servingCpuSeconds).orElse(OptionalDouble.empty()));
    }

    /** Asks the node itself, and no other in its place; empty when it does not answer. */
    private static String metrics(ClusterMap.Node node) {
        try (Caller caller = new Caller(List.of(node.endpoint()))) {
            Response response = caller.call(Request.of("GET", "/metrics"), TIMEOUT_MILLIS);
            return response.isDone() ? response.text() : "";
        } catch (IOException unreachable) {
            return "";
        }
    }

    /** What was spent since, of one of these counters; empty when either end is not known or the node was started again. */
    static OptionalDouble between(OptionalDouble before, OptionalDouble after) {
        return before.isPresent() && after.isPresent() && after.getAsDouble() >= before.getAsDouble()
                ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(name.length() + 1).trim()))
                .findFirst();
    }
}
