package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that expire: gone everywhere at their time, with what they took, and never back from a node that was down meanwhile. */
class ExpiryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final List<String> KEYS =
            IntStream.range(0, 20).mapToObj(i -> "key-" + i).toList();

    @TempDir
    private Path folder;

    private LocalCluster cluster;

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatExpiredWhileANodeWasDownIsGoneForGood() {
        cluster = LocalCluster.start(folder, 3, "tombstones.ageMillis=500", "tombstones.intervalMillis=200");
        NodeApi api = cluster.api("n1");
        assertThat(api.put("/buckets/sessions", "{\"ttl\":\"5s\"}").status()).isEqualTo(200);
        for (String key : KEYS) {
            // Half by the bucket's, half by their own.
            String ttl = key.hashCode() % 2 == 0 ? "&ttl=4s" : "";
            Answer written = api.put("/kv/sessions/" + key + "?w=3&sloppy=false&timeout=30s" + ttl, "1");
            assertThat(written.status()).as(written.toString()).isEqualTo(200);
            assertThat(written.json().path("version").path("expires").asText())
                    .isGreaterThan(written.json().path("version").path("time").asText());
        }
        assertThat(api.put("/kv/sessions/late?ttl=1h&w=3&timeout=30s", "2").status())
                .isEqualTo(200);
        cluster.node("n2").kill();

        await("they expire")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> KEYS.stream()
                        .allMatch(key -> api.get("/kv/sessions/" + key).status() == 404));
        assertThat(api.get("/kv/sessions/" + KEYS.get(0))
                        .error()
                        .path("context")
                        .asText())
                .isNotEmpty();
        assertThat(api.get("/kv/sessions?limit=1000").json().path("keys").toString())
                .isEqualTo("[\"late\"]");
        JsonNode seen = inspect("n1", KEYS.get(0));
        assertThat(states(seen)).as("it waits for the node that is down").contains("tombstone", "unreachable");

        cluster.start("n2");
        for (String id : cluster.ids()) {
            for (String key : KEYS) {
                Answer answer = cluster.api(id).get("/kv/sessions/" + key + "?r=1&timeout=30s");
                assertThat(answer.status()).as(id + ": " + answer).isEqualTo(404);
            }
        }
        await("nothing is left")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> KEYS.stream()
                        .allMatch(key -> states(inspect("n2", key)).stream().allMatch("absent"::equals)));
        for (String id : cluster.ids()) {
            assertThat(cluster.api(id).get("/kv/sessions/late?timeout=30s").raw("value"))
                    .isEqualTo("2");
            assertThat(cluster.api(id)
                            .get("/kv/sessions?limit=1000&timeout=30s")
                            .json()
                            .path("keys")
                            .toString())
                    .isEqualTo("[\"late\"]");
        }
    }

    private JsonNode inspect(String id, String key) {
        return cluster.api(id).get("/inspect/sessions/" + key + "?timeout=30s").json();
    }

    private static List<String> states(JsonNode inspection) {
        return inspection.path("replicas").findValuesAsText("state");
    }
}
