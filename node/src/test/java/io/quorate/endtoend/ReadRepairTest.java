package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A replica that missed writes gets them from the reads of others, with nobody owing it anything. */
@TestInstance(Lifecycle.PER_CLASS)
class ReadRepairTest {
    private static final List<String> KEYS =
            IntStream.range(0, 1_000).mapToObj(i -> "key-" + i).toList();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private LocalCluster cluster;

    @BeforeAll
    void start(@TempDir Path folder) {
        cluster = LocalCluster.start(folder, 3, "handoff.enabled=false", "antientropy.intervalMillis=0");
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void oneReadOfEachKeyBringsAPausedReplicaUpToDate() {
        writeWhilePaused("async");

        InFlight.forEach(KEYS, key -> read("async", key, ""));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(statesAtN2("async")).containsOnly("value in agreement"));
    }

    @Test
    void aSynchronousRepairIsDoneWhenTheReadIsAnswered() {
        writeWhilePaused("sync");

        InFlight.forEach(KEYS, key -> read("sync", key, "&r=3&read_repair=sync"));

        assertThat(statesAtN2("sync")).containsOnly("value in agreement");
    }

    @Test
    void aReadThatIsToldToRepairNothingRepairsNothing() {
        writeWhilePaused("off");

        InFlight.forEach(KEYS, key -> read("off", key, "&r=3&read_repair=off"));

        assertThat(statesAtN2("off")).containsOnly("absent");
    }

    private void writeWhilePaused(String bucket) {
        cluster.pause("n2");
        InFlight.forEach(
                KEYS,
                key -> cluster.api("n1")
                        .sendAsync("PUT", NodeApi.path(bucket, key) + "?timeout=30s", quoted(key))
                        .thenAccept(answer -> assertThat(answer.status())
                                .as(answer.toString())
                                .isEqualTo(200)));
        cluster.resume("n2");
        assertThat(statesAtN2(bucket)).as("it missed all of them").containsOnly("absent");
    }

    private CompletableFuture<Void> read(String bucket, String key, String how) {
        return cluster.api("n3")
                .sendAsync("GET", NodeApi.path(bucket, key) + "?timeout=30s" + how, "")
                .thenAccept(answer -> assertThat(answer.raw("value")).isEqualTo(quoted(key)));
    }

    private List<String> statesAtN2(String bucket) {
        return InFlight.map(
                KEYS,
                key -> cluster.api("n1")
                        .sendAsync("GET", NodeApi.inspectPath(bucket, key) + "?timeout=30s", "")
                        .thenApply(answer -> stateAtN2(answer.json())));
    }

    private static String stateAtN2(JsonNode seen) {
        String state = replica(seen, "n2").path("state").asText();
        return seen.path("agree").asBoolean() ? state + " in agreement" : state;
    }

    private static JsonNode replica(JsonNode seen, String node) {
        for (JsonNode replica : seen.path("replicas")) {
            if (replica.path("node").asText().equals(node)) {
                return replica;
            }
        }
        throw new AssertionError("no " + node + " in " + seen);
    }

    private static String quoted(String key) {
        return "\"" + key + "\"";
    }
}
