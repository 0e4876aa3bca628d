package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the numbers of a request mean: how many must answer, what is said when they do not, and where copies are. */
class QuorumTest {
    private static final int KEYS = 40;

    @TempDir
    private Path folder;

    private LocalCluster cluster;

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void oneOfThreeDownLeavesTwo() {
        cluster = LocalCluster.start(folder, 3);
        NodeApi api = cluster.api("n1");
        api.put("/kv/b/before?w=3&timeout=30s", "1");
        cluster.kill("n2");

        JsonNode write = refused(api.put("/kv/b/k?w=3&sloppy=false", "1"));
        assertThat(write.path("n").asInt()).isEqualTo(3);
        assertThat(write.path("needed").asInt()).isEqualTo(3);
        assertThat(write.path("acks")).isEmpty();
        assertThat(write.path("failures").toString()).isEqualTo("{\"n2\":\"unreachable\"}");
        assertThat(write.path("outcome").asText()).isEqualTo("none");
        assertThat(api.get("/kv/b/k").status()).as("nothing was written").isEqualTo(404);

        JsonNode read = refused(api.get("/kv/b/before?r=3&sloppy=false"));
        assertThat(read.path("needed").asInt()).isEqualTo(3);
        assertThat(read.path("acks")).isEmpty();
        assertThat(read.path("failures").toString()).isEqualTo("{\"n2\":\"unreachable\"}");
        assertThat(read.has("outcome")).as("only a write has one").isFalse();

        Answer written = api.put("/kv/b/k?w=2&sloppy=false&timeout=30s", "2");
        assertThat(written.status()).isEqualTo(200);
        assertThat(nodes(written.json().path("quorum").path("acks"))).containsExactlyInAnyOrder("n1", "n3");
        assertThat(api.get("/kv/b/k?r=2&sloppy=false").raw("value")).isEqualTo("2");
        await("n1 says why it has no connection to n2")
                .until(() -> api.get("/cluster").json().path("members").findValuesAsText("trouble").stream()
                        .anyMatch(trouble -> trouble.startsWith("cannot connect to n2")));
    }

    /** It opens its port last: until it has found a quorum, clients are better served elsewhere. */
    @Test
    void aNodeThatStartsRefusesNothing() {
        cluster = LocalCluster.start(folder, 3);
        cluster.api("n1").put("/kv/b/k?w=3&timeout=30s", "1");
        for (String id : cluster.ids()) {
            cluster.node(id).kill();
            cluster.node(id).start();

            Answer first = await(id + " answers")
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> ifAnswered(id, "/kv/b/k?sloppy=false"), Optional::isPresent)
                    .orElseThrow();

            assertThat(first.status()).as(first.toString()).isEqualTo(200);
        }
    }

    private Optional<Answer> ifAnswered(String id, String path) {
        return cluster.api(id)
                .sendAsync("GET", path, "")
                .handle((answer, failure) -> Optional.ofNullable(answer))
                .join();
    }

    @Test
    void aWriteThatSomebodyMayHoldIsNotCalledFailed() {
        // Nobody is suspected: the write is sent to the silent node, and waited for.
        cluster = LocalCluster.start(folder, 3, "heartbeat.suspectMillis=600000");
        NodeApi api = cluster.api("n1");
        cluster.node("n2").pause();

        JsonNode write = refused(api.put("/kv/b/k?w=3&sloppy=false&timeout=1s", "1"));
        assertThat(write.path("needed").asInt()).isEqualTo(3);
        assertThat(nodes(write.path("acks"))).containsExactlyInAnyOrder("n1", "n3");
        assertThat(write.path("failures").toString()).isEqualTo("{\"n2\":\"timeout\"}");
        assertThat(write.path("outcome").asText()).isEqualTo("unknown");

        JsonNode read = refused(api.get("/kv/b/k?r=3&sloppy=false&timeout=1s"));
        assertThat(nodes(read.path("acks"))).containsExactlyInAnyOrder("n1", "n3");
        assertThat(read.path("failures").toString()).isEqualTo("{\"n2\":\"timeout\"}");

        assertThat(api.get("/kv/b/k?r=2").raw("value")).as("it is there").isEqualTo("1");
    }

    @Test
    void aRequestThatIsAskedToTellsHowItWent() {
        cluster = LocalCluster.start(folder, 4);
        String key = "/kv/b/k?explain=true&timeout=30s";
        JsonNode before = explained(cluster.api("n1").put(key + "&w=3&sloppy=false", "1"));
        List<String> preference = texts(before.path("preference"));
        assertThat(preference).containsExactlyInAnyOrderElementsOf(cluster.ids());
        assertThat(before.path("promise").path("overlap").asBoolean()).isTrue();
        String gone = preference.get(2);
        String fallback = preference.get(3);
        cluster.kill(gone);

        NodeApi api = cluster.api(preference.get(0));
        String context = api.get("/kv/b/k?timeout=30s").context();
        JsonNode written = explained(api.put(key + "&w=3", "2", "Quorate-Context", context));
        assertThat(written.path("not_asked").path(gone).asText()).isEqualTo("unreachable");
        assertThat(nodes(written.path("nodes")))
                .containsExactlyInAnyOrder(preference.get(0), preference.get(1), fallback);
        assertThat(written.path("owed").toString())
                .isEqualTo("[{\"to\":\"" + gone + "\",\"held_by\":\"" + fallback + "\"}]");
        JsonNode read = explained(api.get(key + "&r=2"));
        assertThat(read.path("merged").path("states").asInt()).isEqualTo(1);
        assertThat(read.path("nodes").get(0).path("said").get(0).path("outcome").asText())
                .isEqualTo("value");
        assertThat(api.get("/kv/b/k?r=2").json().has("explain")).isFalse();
    }

    private static JsonNode explained(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("explain");
    }

    @Test
    void copiesAreWhereTheRingSaysAndNowhereElse() {
        cluster = LocalCluster.start(folder, 5);
        JsonNode ring = cluster.api("n4").get("/cluster/ring").json().path("partitions");

        for (String n : List.of("1", "", "5")) {
            for (int i = 0; i < KEYS; i++) {
                String key = "/b/" + (n.isEmpty() ? "default" : n) + "-" + i;
                // Not sloppy: a fallback may stand in for a replica that is slow.
                String asked = "?sloppy=false&w=all&timeout=30s" + (n.isEmpty() ? "" : "&n=" + n);
                // Through each node in turn: who is asked must not matter.
                String through = cluster.ids().get(i % 5);
                Answer written = cluster.api(through).put("/kv" + key + asked, "1");
                assertThat(written.status()).as(written.toString()).isEqualTo(200);

                JsonNode seen = cluster.api("n1").get("/inspect" + key).json();
                List<String> preference = texts(seen.path("preference"));
                assertThat(preference)
                        .isEqualTo(texts(ring.path(seen.path("partition").asText())));
                assertHolders(seen, preference.subList(0, n.isEmpty() ? 3 : Integer.parseInt(n)));
            }
        }
    }

    private static void assertHolders(JsonNode seen, List<String> expected) {
        List<String> holders = new ArrayList<>();
        for (JsonNode replica : seen.path("replicas")) {
            assertThat(replica.path("role").asText()).isEqualTo("primary");
            assertThat(replica.path("state").asText()).isEqualTo("value");
            assertThat(replica.path("n").asInt()).isEqualTo(expected.size());
            assertThat(replica.path("digest").asText())
                    .isEqualTo(seen.path("replicas").get(0).path("digest").asText());
            holders.add(replica.path("node").asText());
        }
        assertThat(holders).isEqualTo(expected);
        assertThat(seen.path("agree").asBoolean()).isTrue();
    }

    private static JsonNode refused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("quorum_not_reached");
        return answer.error();
    }

    private static List<String> nodes(JsonNode acks) {
        return acks.findValuesAsText("node");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
