package io.quorate.node.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;

/** What was measured, for programs: units last in names, null where something is not known. */
final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] PERCENTILES = {"p50Micros", "p95Micros", "p99Micros", "p999Micros"};

    private JsonReport() {}

    static String of(BenchResult result) {
        ObjectNode json = JSON.createObjectNode();
        plan(json, result.plan());
        json.put("requestsPerSecond", result.perSecond());
        for (BenchResult.Latency latency : result.latencies()) {
            ObjectNode kind = json.putObject(latency.kind());
            kind.put("count", latency.count()).put("perSecond", latency.perSecond());
            for (int i = 0; i < PERCENTILES.length; i++) {
                kind.put(PERCENTILES[i], latency.percentiles().get(i));
            }
            kind.put("maxMicros", latency.max());
        }
        ObjectNode errors = json.putObject("errors");
        result.errors().forEach(errors::put);
        json.put("siblings", result.siblings()).put("siblingsMax", result.siblingsMax());
        json.put("looks", result.looks()).put("unsent", result.unsent());
        ArrayNode nodes = json.putArray("nodes");
        for (BenchResult.NodeCost node : result.nodes()) {
            ObjectNode cost = nodes.addObject().put("id", node.id());
            put(cost, "cpuMicrosPerRequest", node.micros());
            put(cost, "cpuMicrosPerRequestByKernel", node.byKernel());
            put(cost, "allocatedBytesPerRequest", node.allocatedBytes());
            put(cost, "residentBytes", node.residentBytes());
        }
        put(json, "cpuMicrosPerRequest", result.cpuMicros());
        put(json, "cpuMicrosPerRequestByKernel", result.cpuMicrosByKernel());
        put(json, "allocatedBytesPerRequest", result.allocatedBytes());
        put(json, "generatorCpuMicrosPerRequest", result.generator());
        return json.toString();
    }

    private static void plan(ObjectNode json, BenchPlan plan) {
        json.put("workload", plan.workload().label()).put("keys", plan.keys()).put("valueBytes", plan.valueBytes());
        json.put("distribution", plan.zipfian() ? "zipfian" : "uniform").put("contended", plan.contended());
        BenchPlan.Drive drive = plan.drive();
        json.put("threads", drive.threads()).put("connections", drive.connections());
        json.put("warmupSeconds", drive.warmupSeconds()).put("seconds", drive.seconds());
        json.put("rate", drive.rate());
    }

    private static void put(ObjectNode json, String name, OptionalDouble value) {
        if (value.isPresent()) {
            json.put(name, value.getAsDouble());
        } else {
            json.putNull(name);
        }
    }
}
