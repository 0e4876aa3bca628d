package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Documents kept as plain JSON whose concurrent changes are merged field by field. */
@TestInstance(Lifecycle.PER_CLASS)
class ThreeWayTest {
    private static final String CONTEXT = "Quorate-Context";

    private LocalCluster cluster;

    @BeforeAll
    void start(@TempDir Path folder) {
        cluster = LocalCluster.start(folder, 3);
        set("people", "three_way");
        set("others", "three_way");
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void changesOfDifferentFieldsAreShownAsOneEverywhere() {
        String path = "/kv/people/fields";
        String base = put("n1", path, "{\"name\":\"Al\",\"home\":{\"city\":\"Rome\",\"zip\":\"1\"}}")
                .context();
        put("n1", path, "{\"name\":\"Alice\",\"home\":{\"city\":\"Rome\",\"zip\":\"1\"}}", CONTEXT, base);
        Answer late = put("n3", path, "{\"name\":\"Al\",\"home\":{\"city\":\"Oslo\"}}", CONTEXT, base);

        assertThat(late.json().has("siblings")).isFalse();
        String merged = "{\"home\":{\"city\":\"Oslo\"},\"name\":\"Alice\"}";
        List<Answer> answers = readEverywhere(path);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.raw("value")).isEqualTo(merged);
        });
        assertThat(answers)
                .extracting(Answer::context)
                .containsOnly(answers.get(0).context());

        put(
                "n2",
                path,
                "{\"name\":\"Alice\",\"home\":{\"city\":\"Oslo\"},\"a\":1}",
                CONTEXT,
                answers.get(0).context());
        put(
                "n3",
                path,
                "{\"name\":\"Alice\",\"home\":{\"city\":\"Oslo\"},\"b\":1}",
                CONTEXT,
                answers.get(0).context());

        assertThat(readEverywhere(path))
                .allSatisfy(answer -> assertThat(answer.raw("value"))
                        .as("made from what was shown merged")
                        .isEqualTo("{\"a\":1,\"b\":1,\"home\":{\"city\":\"Oslo\"},\"name\":\"Alice\"}"));
        assertThat(cluster.api("n1")
                        .get("/inspect/people/fields")
                        .json()
                        .path("agree")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void twoChangesOfOneFieldAreSiblingsUntilAWriteHasSeenBoth() {
        String path = "/kv/people/field";
        String base = put("n1", path, "{\"name\":\"Al\"}").context();
        put("n1", path, "{\"name\":\"Alice\"}", CONTEXT, base);
        Answer late = put("n3", path, "{\"name\":\"Alan\"}", CONTEXT, base);

        assertThat(late.json().path("siblings").asBoolean()).isTrue();
        List<Answer> answers = readEverywhere(path);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(300);
            assertThat(answer.json().get("siblings")).hasSize(2);
        });

        put("n2", path, "{\"name\":\"Alma\"}", CONTEXT, answers.get(0).context());

        assertThat(readEverywhere(path))
                .allSatisfy(answer -> assertThat(answer.raw("value")).isEqualTo("{\"name\":\"Alma\"}"));
    }

    @Test
    void aBlindWriteAndADeleteAreMergedWithNothing() {
        String base = put("n1", "/kv/people/blind", "{\"a\":1}").context();
        put("n1", "/kv/people/blind", "{\"a\":1,\"b\":1}", CONTEXT, base);
        put("n3", "/kv/people/blind", "{\"a\":1,\"c\":1}");
        assertThat(readEverywhere("/kv/people/blind")).allMatch(answer -> answer.status() == 300);

        String deleted = put("n1", "/kv/people/deleted", "{\"a\":1}").context();
        assertThat(cluster.api("n1")
                        .delete("/kv/people/deleted?w=3", CONTEXT, deleted)
                        .status())
                .isEqualTo(200);
        put("n3", "/kv/people/deleted", "{\"a\":1,\"c\":1}", CONTEXT, deleted);
        assertThat(readEverywhere("/kv/people/deleted")).allMatch(answer -> answer.status() == 300);
    }

    /** What was merged by one policy is there whole for the next. */
    @Test
    void aBucketMayBeSetToAnotherPolicyAndBack() {
        String path = "/kv/others/key";
        String base = put("n1", path, "{\"a\":1}").context();
        put("n1", path, "{\"a\":1,\"b\":1}", CONTEXT, base);
        put("n3", path, "{\"a\":1,\"c\":1}", CONTEXT, base);
        assertThat(readEverywhere(path)).allMatch(answer -> answer.status() == 200);

        set("others", "siblings");
        assertThat(readEverywhere(path)).allMatch(answer -> answer.status() == 300);
        String context = put(
                        "n2",
                        path,
                        "{\"a\":2}",
                        CONTEXT,
                        cluster.api("n2").get(path).context())
                .context();

        set("others", "three_way");
        put("n1", path, "{\"a\":2,\"b\":2}", CONTEXT, context);
        put("n2", path, "{\"a\":2,\"c\":2}", CONTEXT, context);
        assertThat(readEverywhere(path))
                .allSatisfy(answer -> assertThat(answer.raw("value")).isEqualTo("{\"a\":2,\"b\":2,\"c\":2}"));
    }

    private void set(String bucket, String policy) {
        assertThat(cluster.api("n1")
                        .put("/buckets/" + bucket, "{\"conflict\":\"" + policy + "\"}")
                        .status())
                .isEqualTo(200);
        await().until(() -> cluster.ids().stream()
                .allMatch(id -> cluster.api(id).get("/buckets/" + bucket).text().contains('"' + policy + '"')));
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
}
