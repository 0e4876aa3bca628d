package io.quorate.node.http.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the process costs its machine, where there is one under the name that Prometheus' own clients use. */
final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int BYTES_PER_KIB = 1024;
    private static final double NANOS_PER_SECOND = 1e9;

    private ProcessMetrics() {}

    static void bindTo(Metrics metrics) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            metrics.counter(
                    "process.cpu.seconds",
                    "CPU time of the process, user and system",
                    () -> system.getProcessCpuTime() / NANOS_PER_SECOND);
        }
        if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
            ThreadAllocations allocations = new ThreadAllocations(threads);
            metrics.counter(
                    "jvm.threads.allocated.bytes", "Heap that the process has ever allocated", allocations::bytes);
        }
        if (Files.isReadable(STATUS)) {
            metrics.gauge(
                    "process.resident.memory.bytes",
                    "Memory of the process that is in RAM",
                    ProcessMetrics::residentBytes);
        }
    }

    /** From {@code status} and not {@code statm}, which counts in pages of a size that differs between machines. */
    private static double residentBytes() {
        try {
            List<String> lines = Files.readAllLines(STATUS, StandardCharsets.UTF_8);
            return lines.stream()
                            .filter(line -> line.startsWith(RESIDENT))
                            .map(line -> line.substring(RESIDENT.length())
                                    .replace("kB", "")
                                    .strip())
                            .mapToDouble(Double::parseDouble)
                            .findFirst()
                            .orElse(Double.NaN)
                    * BYTES_PER_KIB;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
