package io.quorate.node.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import io.quorate.node.cli.client.ClusterMap;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all processes have spent up to a moment, and how many requests were answered by then.
 *
 * @param nodes by id
 * @param generatorCpuSeconds of this process
 */
record Usage(long completions, double generatorCpuSeconds, Map<String, NodeUsage> nodes) {
    private static final double NANOS_PER_SECOND = 1e9;

    static Usage now(ClusterMap cluster, Completions completions) {
        Map<String, NodeUsage> nodes = new LinkedHashMap<>();
        long first = completions.count();
        for (ClusterMap.Node node : cluster.nodes()) {
            nodes.put(node.id(), NodeUsage.of(node));
        }
        // On a busy machine it takes a while to ask them all, and requests go on.
        long halfway = (first + completions.count()) / 2;
        return new Usage(halfway, ownCpuSeconds(), nodes);
    }

    private static double ownCpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime() / NANOS_PER_SECOND
                : 0;
    }
}
