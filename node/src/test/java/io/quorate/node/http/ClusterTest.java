package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node tells of itself, its cluster and its work. */
class ClusterTest {
    private static final TestNode NODE = TestNode.start();

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @BeforeEach
    void reset() {
        NODE.reset();
    }

    @Test
    void aNodeThatRunsIsLive() throws IOException {
        NODE.node.unready = List.of("Storage is being recovered.");

        Answer live = NODE.send("GET", "/health/live");

        assertThat(live.status()).isEqualTo(200);
        assertThat(live.text()).isEqualTo("{\"status\":\"live\"}");
    }

    @Test
    void aNodeIsReadyWhenNothingSpeaksAgainstIt() throws IOException {
        assertThat(NODE.send("GET", "/health/ready").text()).isEqualTo("{\"status\":\"ready\"}");
        NODE.node.unready = List.of("Storage is being recovered.", "No other member was heard of.");

        Answer answer = NODE.send("GET", "/health/ready");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("not_ready");
        assertThat(answer.error().getJsonArray("reasons"))
                .isEqualTo(new JsonArray(List.of("Storage is being recovered.", "No other member was heard of.")));
        assertThat(NODE.send("HEAD", "/health/ready").status()).isEqualTo(503);
    }

    @Test
    void theMembersAsSeenFromHere() throws IOException {
        JsonObject cluster = NODE.send("GET", "/cluster").json();

        assertThat(cluster.getString("node")).isEqualTo("n1");
        assertThat(cluster.getString("cluster")).isEqualTo("test");
        assertThat(cluster.getInteger("epoch")).isEqualTo(7);
        assertThat(cluster.getInteger("partitions")).isEqualTo(16);
        assertThat(cluster.getInteger("hints_waiting")).isEqualTo(15);
        List<JsonObject> members = cluster.getJsonArray("members").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(members)
                .extracting(member -> member.getString("id"))
                .containsExactly("n1", "n2", "n3", "n4", "n5", "n6");
        assertThat(members)
                .extracting(member -> member.getString("state"))
                .containsExactly("active", "down", "leaving", "active", "active", "joining");
        JsonObject second = members.get(1);
        assertThat(second.getString("address")).isEqualTo("n2.example:9100");
        assertThat(second.getString("http")).isEqualTo("n2.example:8100");
        assertThat(second.getString("zone")).isEqualTo("z1");
        assertThat(second.getInteger("weight")).isEqualTo(100);
        assertThat(second.getInteger("hints_waiting")).isEqualTo(12);
        assertThat(members.stream()
                        .mapToInt(member -> member.getInteger("partitions"))
                        .sum())
                .isEqualTo(3 * 16);
        assertThat(members.get(5).getInteger("partitions")).isZero();
    }

    @Test
    void theRingNamesTheNodesOfEveryPartitionInOrder() throws IOException {
        JsonObject ring = NODE.send("GET", "/cluster/ring").json();

        assertThat(ring.getInteger("epoch")).isEqualTo(7);
        JsonObject partitions = ring.getJsonObject("partitions");
        assertThat(partitions.fieldNames()).hasSize(16);
        for (int partition = 0; partition < 16; partition++) {
            assertThat(partitions.getJsonArray(Integer.toString(partition)))
                    .isEqualTo(new JsonArray(FakeNode.RING.preference(partition)));
        }
    }

    @Test
    void theMetricsCountRequestsAndWhatTheyCost() throws IOException {
        NODE.metrics.gauge("quorate.test.level", "A test's own gauge", () -> 42);
        NODE.metrics.counter("quorate.test.events", "A test's own counter", () -> 43);
        NODE.send("GET", "/kv/b/k");
        NODE.send("GET", "/kv/b/k");
        NODE.send("GET", "/nowhere");

        Answer answer = NODE.send("GET", "/metrics");

        assertThat(answer.headers()).containsEntry("content-type", "text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.text().lines())
                .anyMatch(line ->
                        line.matches("quorate_http_request_seconds_count\\{operation=\"get\",status=\"404\".*} [2-9]"))
                .anyMatch(line ->
                        line.matches("quorate_http_request_seconds_sum\\{operation=\"other\",status=\"404\".*} .*"))
                .anyMatch(
                        line -> line.startsWith("quorate_http_request_seconds_bucket{operation=\"get\",status=\"404\""))
                .anyMatch(line -> line.matches("process_cpu_seconds_total [0-9.E]+"))
                .anyMatch(line -> line.matches("process_resident_memory_bytes [0-9.E]+"))
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(line -> line.startsWith("jvm_threads_live_threads "))
                .contains("quorate_test_level 42.0", "quorate_test_events_total 43.0");
    }

    @Test
    void theCostIsInTheUnitsItSays() throws IOException {
        List<String> lines = NODE.send("GET", "/metrics").text().lines().toList();

        assertThat(value(lines, "process_resident_memory_bytes")).isBetween(2e7, 1e10);
        assertThat(value(lines, "process_cpu_seconds_total")).isBetween(0.1, 1e5);
    }

    private static double value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
