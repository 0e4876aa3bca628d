package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /buckets}. */
class BucketTest {
    private static final TestNode NODE = TestNode.start();
    private static final String DEFAULTS =
            "{\"n\":3,\"r\":\"quorum\",\"w\":\"quorum\",\"sloppy\":true,\"conflict\":\"siblings\",\"ttl\":null}";

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @BeforeEach
    void reset() {
        NODE.reset();
    }

    @Test
    void aBucketThatWasNeverSetHasTheDefaults() throws IOException {
        assertThat(NODE.send("GET", "/buckets/users").text()).isEqualTo(DEFAULTS);
        assertThat(NODE.send("GET", "/buckets").text()).isEqualTo("{\"buckets\":{},\"defaults\":" + DEFAULTS + "}");
    }

    @Test
    void aBucketIsSetShownListedAndReset() throws IOException {
        String properties =
                "{\"n\":5,\"r\":1,\"w\":\"all\",\"sloppy\":false,\"conflict\":\"last_write_wins\",\"ttl\":null}";

        assertThat(put("users", properties).text()).isEqualTo(properties);
        assertThat(NODE.send("GET", "/buckets/users").text()).isEqualTo(properties);
        assertThat(NODE.send("GET", "/buckets").json().getJsonObject("buckets"))
                .isEqualTo(new JsonObject().put("users", new JsonObject(properties)));
        assertThat(NODE.send("DELETE", "/buckets/users").text()).isEqualTo(DEFAULTS);
        assertThat(NODE.send("GET", "/buckets").json().getJsonObject("buckets")).isEmpty();
    }

    @Test
    void whatIsMissingIsTheDefault() throws IOException {
        assertThat(put("users", "{}").text()).isEqualTo(DEFAULTS);
        assertThat(put("users", " {\"w\": 1}\n").json()).isEqualTo(new JsonObject(DEFAULTS).put("w", 1));
        // Setting a bucket again starts from the defaults, not from what it was.
        assertThat(put("users", "{\"r\":\"one\"}").json()).isEqualTo(new JsonObject(DEFAULTS).put("r", "one"));
        assertThat(put("users", "{\"r\":\"local_quorum\",\"w\":\"local_quorum\"}")
                        .json())
                .isEqualTo(new JsonObject(DEFAULTS).put("r", "local_quorum").put("w", "local_quorum"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "3",
                "null",
                "{\"N\":3}",
                "{\"n\":3,\"x\":1}",
                "{\"n\":3,\"n\":3}",
                "{\"n\":\"3\"}",
                "{\"n\":\"all\"}",
                "{\"n\":2.5}",
                "{\"n\":null}",
                "{\"r\":\"2\"}",
                "{\"r\":\"most\"}",
                "{\"w\":true}",
                "{\"w\":[]}",
                "{\"sloppy\":\"true\"}",
                "{\"sloppy\":null}",
                "{\"conflict\":null}",
                "{\"conflict\":{\"x\":[1]}}"
            })
    void aMalformedPropertyIsRefused(String body) throws IOException {
        Answer answer = put("users", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_parameter");
        assertThat(NODE.node.buckets()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"n\":0}",
                "{\"n\":-1}",
                "{\"n\":6}",
                "{\"n\":99999999999999999999}",
                "{\"r\":0}",
                "{\"r\":4}",
                "{\"n\":5,\"w\":6}",
                "{\"n\":1,\"w\":2}",
                "{\"n\":1,\"r\":-1}"
            })
    void aNumberThatCanBeNoQuorumIsRefused(String body) throws IOException {
        Answer answer = put("users", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_quorum");
        assertThat(NODE.node.buckets()).isEmpty();
    }

    @Test
    void aRankingGoesWithThePolicyThatNeedsIt() throws IOException {
        String ranked = "{\"conflict\":\"priority\",\"priority\":[\"n2\",\"n1\"]}";
        assertThat(put("users", ranked).status()).isEqualTo(200);
        assertThat(NODE.send("GET", "/buckets/users").text())
                .contains("\"conflict\":\"priority\",\"priority\":[\"n2\",\"n1\"],\"ttl\":null");
        for (String body : List.of(
                "{\"conflict\":\"priority\"}",
                "{\"conflict\":\"priority\",\"priority\":[]}",
                "{\"conflict\":\"priority\",\"priority\":[\"n1\",\"n1\"]}",
                "{\"conflict\":\"priority\",\"priority\":\"n1\"}",
                "{\"conflict\":\"priority\",\"priority\":[1]}",
                "{\"conflict\":\"max\",\"priority\":[\"n1\"]}",
                "{\"priority\":[\"n1\"]}")) {
            assertThat(put("other", body).code()).as(body).isEqualTo("invalid_parameter");
        }
        assertThat(NODE.node.buckets()).containsOnlyKeys("users");
    }

    @Test
    void valuesOfABucketMayExpire() throws IOException {
        assertThat(put("sessions", "{\"ttl\":\"7d\"}").text()).contains("\"ttl\":\"7d\"");
        assertThat(NODE.node.buckets().get("sessions").ttl().orElseThrow().millis())
                .isEqualTo(7 * 86_400_000L);
        assertThat(put("sessions", "{\"ttl\":null}").text()).contains("\"ttl\":null");
        for (String ttl : List.of("7", "\"7\"", "\"0s\"", "true", "\"4000d\"")) {
            Answer answer = put("sessions", "{\"ttl\":" + ttl + "}");
            assertThat(answer.code()).as(ttl).isEqualTo("invalid_parameter");
            assertThat(answer.error().getString("message")).contains("30s, 12h or 7d");
        }
    }

    @Test
    void theOtherRefusals() throws IOException {
        Answer conflict = put("users", "{\"conflict\":\"merge\"}");
        assertThat(conflict.code()).isEqualTo("invalid_parameter");
        assertThat(conflict.error().getString("message"))
                .contains("siblings, last_write_wins, priority, union, max, min, custom, three_way");
        assertThat(put("users", "{\"n\":3,}").code()).isEqualTo("invalid_json");
        assertThat(put("users", "").code()).isEqualTo("invalid_json");
        assertThat(put("users", "{\"n\":3" + " ".repeat(5_000) + "}").status()).isEqualTo(413);
        assertThat(put("us%20ers", "{}").code()).isEqualTo("invalid_parameter");
        assertThat(NODE.send("PUT", "/buckets/users", new byte[] {'{', '}'}, "Content-Type: text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(NODE.node.buckets()).isEmpty();
    }

    @Test
    void aChangeThatWasNotStoredSaysWhy() throws IOException {
        NODE.node.failure = Optional.of("The disk is full.");

        Answer answer = put("users", "{}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("unavailable");
        assertThat(answer.error().getString("message")).isEqualTo("The disk is full.");
        assertThat(NODE.send("DELETE", "/buckets/users").status()).isEqualTo(503);
    }

    private static Answer put(String bucket, String body) throws IOException {
        return NODE.send("PUT", "/buckets/" + bucket, body.getBytes(StandardCharsets.UTF_8));
    }
}
