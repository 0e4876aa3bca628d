package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of writes that did not know of each other, of late ones and of repeated ones. */
@TestInstance(Lifecycle.PER_CLASS)
class ConflictTest {
    private static final String CONTEXT = "Quorate-Context";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private LocalCluster cluster;

    @BeforeAll
    void start(@TempDir Path folder) {
        cluster = LocalCluster.start(folder, 3);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void twoWritesOfOneContextAreBothKeptUntilAWriteHasSeenThem() {
        String path = "/kv/carts/concurrent";
        String context = put("n1", path, "\"base\"").context();
        put("n1", path, "[\"milk\"]", CONTEXT, context);
        put("n3", path, "[\"bread\"]", CONTEXT, context);

        List<Answer> answers = readEverywhere(path);
        assertThat(answers).allMatch(answer -> answer.status() == 300);
        assertThat(values(answers.get(0))).containsExactlyInAnyOrder("[\"milk\"]", "[\"bread\"]");
        assertThat(answers)
                .extracting(answer -> answer.json().get("siblings"))
                .as("at every node in the same order")
                .containsOnly(answers.get(0).json().get("siblings"));

        put("n2", path, "[\"milk\",\"bread\"]", CONTEXT, answers.get(0).context());

        assertThat(readEverywhere(path)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.raw("value")).isEqualTo("[\"milk\",\"bread\"]");
        });
        assertThat(cluster.api("n1").get(inspect(path)).json().path("agree").asBoolean())
                .isTrue();
    }

    @Test
    void aBlindWriteErasesNothing() {
        String path = "/kv/carts/blind";
        put("n1", path, "1");
        Answer second = put("n2", path, "2");

        assertThat(second.json().path("siblings").asBoolean()).isTrue();
        assertThat(values(cluster.api("n3").get(path))).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void aStaleContextNeverErasesWhatItHasNotSeen() {
        String path = "/kv/carts/stale";
        String first = put("n1", path, "1").context();
        put("n2", path, "2", CONTEXT, first);
        Answer late = put("n3", path, "3", CONTEXT, first);

        assertThat(late.json().path("siblings").asBoolean()).isTrue();
        assertThat(values(cluster.api("n1").get(path))).containsExactlyInAnyOrder("2", "3");

        // A chain of writes knows its own, and still not what came from elsewhere.
        put("n3", path, "4", CONTEXT, late.context());

        assertThat(values(cluster.api("n1").get(path))).containsExactlyInAnyOrder("2", "4");
    }

    @Test
    void aRepeatedWriteChangesNothing() {
        String path = "/kv/orders/repeated";
        Answer first = put("n1", path, "\"once\"", IDEMPOTENCY_KEY, "order-1");
        Answer again = put("n1", path, "\"once\"", IDEMPOTENCY_KEY, "order-1");
        Answer elsewhere = put("n3", path, "\"once\"", IDEMPOTENCY_KEY, "order-1");

        assertThat(List.of(again.dot(), elsewhere.dot())).containsOnly(first.dot());
        assertThat(cluster.api("n2").get(path).raw("value")).isEqualTo("\"once\"");
    }

    @Test
    void aRepeatedWriteChangesNothingAfterItsValueWasReplaced() {
        String path = "/kv/orders/replaced";
        Answer first = put("n1", path, "\"old\"", IDEMPOTENCY_KEY, "order-2");
        Answer replacement = put("n2", path, "\"new\"", CONTEXT, first.context());

        for (String id : cluster.ids()) {
            assertThat(put(id, path, "\"old\"", IDEMPOTENCY_KEY, "order-2").dot())
                    .as("repeated at " + id)
                    .isEqualTo(first.dot());
        }

        assertThat(readEverywhere(path)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.dot()).isEqualTo(replacement.dot());
        });
    }

    @Test
    void aRepeatedDeleteDeletesNothingThatCameAfterIt() {
        String path = "/kv/orders/deleted";
        String context = put("n1", path, "1").context();
        String deletion = "deletion-1";
        Answer deleted = cluster.api("n2").delete(path, CONTEXT, context, IDEMPOTENCY_KEY, deletion);
        put("n3", path, "2", CONTEXT, deleted.context());

        Answer again = cluster.api("n1").delete(path, CONTEXT, context, IDEMPOTENCY_KEY, deletion);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.dot()).isEqualTo(deleted.dot());
        assertThat(cluster.api("n2").get(path).raw("value")).isEqualTo("2");
    }

    @Test
    void aDeleteAndAWriteThatDidNotKnowOfEachOtherAreBothShown() {
        String path = "/kv/carts/deleted";
        String context = put("n1", path, "\"base\"").context();
        assertThat(cluster.api("n1").delete(path, CONTEXT, context).status()).isEqualTo(200);
        put("n3", path, "\"kept\"", CONTEXT, context);

        assertThat(readEverywhere(path)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(300);
            assertThat(values(answer)).containsExactlyInAnyOrder("deleted", "\"kept\"");
        });
        String seen = cluster.api("n2").get(path).context();
        assertThat(cluster.api("n2").delete(path, CONTEXT, seen).status()).isEqualTo(200);
        assertThat(readEverywhere(path)).allMatch(answer -> answer.status() == 404);
    }

    @Test
    void theLastWriteWinsWhereTheBucketSaysSo() {
        String path = "/kv/latest/key";
        assertThat(cluster.api("n1")
                        .put("/buckets/latest", "{\"conflict\":\"last_write_wins\"}")
                        .status())
                .isEqualTo(200);
        await().until(() -> cluster.ids().stream()
                .allMatch(id -> cluster.api(id).get("/buckets/latest").text().contains("last_write_wins")));
        String context = put("n1", path, "\"base\"").context();
        put("n1", path, "\"first\"", CONTEXT, context);
        Answer last = put("n3", path, "\"last\"", CONTEXT, context);

        assertThat(last.json().has("siblings")).isFalse();
        assertThat(readEverywhere(path)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.raw("value")).isEqualTo("\"last\"");
        });
    }

    /** At all three replicas, so that what another node has not got yet cannot be missing. */
    private Answer put(String id, String path, String value, String... headers) {
        Answer answer = cluster.api(id).put(path + "?w=3", value, headers);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private List<Answer> readEverywhere(String path) {
        return cluster.ids().stream().map(id -> cluster.api(id).get(path)).toList();
    }

    private static String inspect(String path) {
        return path.replace("/kv/", "/inspect/");
    }

    /** The values of siblings, and the word deleted for those that are none. */
    private static List<String> values(Answer answer) {
        List<String> values = new ArrayList<>();
        for (JsonNode sibling : answer.json().path("siblings")) {
            values.add(
                    sibling.path("deleted").asBoolean()
                            ? "deleted"
                            : sibling.get("value").toString());
        }
        return values;
    }
}
