package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Acknowledgement;
import io.quorate.core.Key;
import io.quorate.core.version.ContextCodec;
import io.quorate.core.version.Dot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered about keys, to the letter of the contract. */
class KeyAnswerTest {
    private static final TestNode NODE = TestNode.start();
    private static final String ALICE = "/kv/users/alice";
    private static final String TIME = "2026-01-31T12:00:00.120Z";

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @BeforeEach
    void reset() {
        NODE.reset();
    }

    @Test
    void aValue() throws IOException {
        Answer put = put(ALICE, "{\"name\":\"Alice\", \"n\": 2.50}");
        Answer get = NODE.send("GET", ALICE);

        assertThat(get.status()).isEqualTo(200);
        assertThat(get.headers()).containsEntry("content-type", "application/json; charset=utf-8");
        assertThat(get.text())
                .isEqualTo("{\"bucket\":\"users\",\"key\":\"alice\",\"value\":{\"name\":\"Alice\", \"n\": 2.50},"
                        + "\"context\":\"" + get.context() + "\","
                        + "\"version\":{\"dot\":\"" + dotOf(put) + "\",\"time\":\"" + TIME + "\"},"
                        + "\"quorum\":{\"n\":3,\"r\":2,\"replies\":2}}");
    }

    @Test
    void aWrite() throws IOException {
        NODE.coordinator.acks =
                List.of(new Acknowledgement("n1", Optional.empty()), new Acknowledgement("n4", Optional.of("n3")));

        Answer put = put(ALICE, "1");

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.text())
                .isEqualTo(
                        "{\"bucket\":\"users\",\"key\":\"alice\",\"context\":\"" + put.context() + "\","
                                + "\"version\":{\"dot\":\"" + dotOf(put) + "\",\"time\":\"" + TIME + "\"},"
                                + "\"quorum\":{\"n\":3,\"w\":2,\"acks\":[{\"node\":\"n1\"},{\"node\":\"n4\",\"hint_for\":\"n3\"}]}}");
    }

    /** The fake has the values expire at the millisecond that is asked for. */
    @Test
    void aValueThatExpires() throws IOException {
        Answer put = NODE.send("PUT", ALICE + "?ttl=365d", new byte[] {'1'});
        String expires = "\"expires\":\"1971-01-01T00:00:00.000Z\"";

        assertThat(put.text()).contains("\"time\":\"" + TIME + "\"," + expires + "}");
        assertThat(NODE.send("GET", ALICE).text()).contains("\"time\":\"" + TIME + "\"," + expires + "}");
        Answer wrong = NODE.send("PUT", ALICE + "?ttl=1y", new byte[] {'1'});
        assertThat(wrong.code()).isEqualTo("invalid_parameter");
        assertThat(wrong.error().getString("message")).contains("30s, 12h or 7d");
        assertThat(NODE.send("DELETE", ALICE + "?ttl=1s").code()).isEqualTo("invalid_parameter");
    }

    @Test
    void whatIsAskedToBeExplainedIs() throws IOException {
        String explained = "\"explain\":{\"partition\":7,\"preference\":[\"n2\",\"n1\",\"n3\",\"n4\"],"
                + "\"nodes\":[{\"node\":\"n1\",\"role\":\"primary\",\"asked_ms\":0.012,"
                + "\"said\":[{\"ms\":1.500,\"outcome\":\"value\",\"digest\":\"0000000000000abc\"}]},"
                + "{\"node\":\"n4\",\"role\":\"fallback\",\"hint_for\":\"n2\",\"asked_ms\":20.003,\"silent\":true}],"
                + "\"not_asked\":{\"n2\":\"unreachable\"},"
                + "\"merged\":{\"states\":1,\"lacking\":{\"n3\":\"absent\"},\"read_repair\":\"async\"},"
                + "\"owed\":[{\"to\":\"n2\",\"held_by\":\"n4\"}],"
                + "\"promise\":{\"n\":3,\"r\":1,\"w\":2,\"sloppy\":true,\"overlap\":false,"
                + "\"staleness\":\"a read may miss acknowledged writes: r=1 and w=2 of n=3 need have no replica in common; "
                + "raise r or w, or read with at_least\"}}}";
        String asked = ALICE + "?explain=true";

        Answer missing = NODE.send("GET", asked);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).endsWith(explained + "}");
        assertThat(NODE.send("PUT", asked, new byte[] {'1'}).text()).endsWith(explained);
        assertThat(NODE.send("GET", asked).text()).endsWith(explained);
        assertThat(NODE.send("PATCH", asked, "{\"increment\":1}".getBytes(StandardCharsets.UTF_8))
                        .text())
                .endsWith(explained);
        assertThat(NODE.send("DELETE", asked).text()).endsWith(explained);
        assertThat(NODE.send("HEAD", asked).status()).isEqualTo(300);
        assertThat(NODE.send("GET", ALICE + "?explain=false").text()).doesNotContain("explain");
        assertThat(NODE.send("GET", ALICE + "?explain=yes").code()).isEqualTo("invalid_parameter");
    }

    @Test
    void aWriteBesideAnother() throws IOException {
        put(ALICE, "1");
        Answer second = put(ALICE, "2");

        assertThat(second.json().getBoolean("siblings")).isTrue();
    }

    @Test
    void siblingsAndTheWriteThatReplacesThem() throws IOException {
        Answer first = put(ALICE, "{ \"a\": 1 }");
        Answer second = put(ALICE, "2");
        Answer third = NODE.send("DELETE", ALICE);

        Answer get = NODE.send("GET", ALICE);

        assertThat(get.status()).isEqualTo(300);
        assertThat(get.text())
                .isEqualTo("{\"bucket\":\"users\",\"key\":\"alice\",\"siblings\":["
                        + "{\"value\":{ \"a\": 1 }," + version(first) + "},"
                        + "{\"value\":2," + version(second) + "},"
                        + "{\"deleted\":true," + version(third) + "}],"
                        + "\"context\":\"" + get.context() + "\",\"quorum\":{\"n\":3,\"r\":2,\"replies\":2}}");

        assertThat(put(ALICE + "?context=" + get.context(), "4").json().containsKey("siblings"))
                .isFalse();
        assertThat(NODE.send("GET", ALICE).json().getInteger("value")).isEqualTo(4);
    }

    @Test
    void aKeyThatWasNeverWritten() throws IOException {
        Answer get = NODE.send("GET", ALICE);

        assertThat(get.status()).isEqualTo(404);
        assertThat(get.code()).isEqualTo("not_found");
        assertThat(get.error().getString("message")).isNotBlank();
        assertThat(get.error().containsKey("context")).isFalse();
        assertThat(get.context()).isNull();
        assertThat(get.error().getJsonObject("quorum")).isEqualTo(new JsonObject("{\"n\":3,\"r\":2,\"replies\":2}"));
    }

    @Test
    void aKeyThatWasDeleted() throws IOException {
        Answer put = put(ALICE, "1");
        Answer delete = NODE.send("DELETE", ALICE, "Quorate-Context: " + put.context());
        assertThat(delete.status()).isEqualTo(200);

        Answer get = NODE.send("GET", ALICE);

        assertThat(get.status()).isEqualTo(404);
        assertThat(get.code()).isEqualTo("not_found");
        assertThat(get.context()).isNotNull().isEqualTo(get.error().getString("context"));
    }

    @Test
    void aReadOrWriteThatMayMissTheOther() throws IOException {
        NODE.coordinator.overlap = false;

        assertThat(put(ALICE, "1").json().getJsonObject("quorum").getBoolean("overlap"))
                .isFalse();
        assertThat(NODE.send("GET", ALICE).json().getJsonObject("quorum").getBoolean("overlap"))
                .isFalse();
    }

    @Test
    void headIsGetWithoutABody() throws IOException {
        put(ALICE, "1");
        Answer get = NODE.send("GET", ALICE);
        Answer head = NODE.send("HEAD", ALICE);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).isEqualTo(get.headers());
        assertThat(head.body().length()).isZero();
        assertThat(head.headers())
                .containsEntry("content-length", Integer.toString(get.body().length()));
        assertThat(NODE.send("HEAD", "/kv/users/nobody").status()).isEqualTo(404);
    }

    @Test
    void theContextOfAWriteCoversThatWriteAlone() throws IOException {
        Answer first = put(ALICE, "1");
        Answer chained = put(ALICE, "2", "Quorate-Context: " + first.context());

        assertThat(chained.json().containsKey("siblings")).isFalse();
        assertThat(ContextCodec.fromToken(chained.context(), Key.of("users", "alice"))
                        .cloud())
                .extracting(Dot::toString)
                .containsExactly(dotOf(first), dotOf(chained));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"text\"",
                "2.50",
                "-0",
                "1E+400",
                "{\"b\":1,\"a\":2,\"b\":3}",
                "\"\\u00e9\\ud83d\\ude00\"",
                "[1 , 2,\n 3]"
            })
    void aValueComesBackAsItWasSent(String value) throws IOException {
        put(ALICE, " \r\n\t" + value + "\n ");

        assertThat(NODE.send("GET", ALICE).text()).contains("\"value\":" + value + ",\"context\"");
    }

    @Test
    void theKeysOfABucketPageByPage() throws IOException {
        for (int i = 0; i < 5; i++) {
            put("/kv/fruit/k" + i, "1");
        }
        put("/kv/other/x", "1");

        JsonObject first = NODE.send("GET", "/kv/fruit?limit=2").json();
        JsonObject second = NODE.send("GET", "/kv/fruit?limit=2&after=" + first.getString("next"))
                .json();
        JsonObject last = NODE.send("GET", "/kv/fruit?limit=2&after=" + second.getString("next"))
                .json();

        assertThat(first.fieldNames()).containsExactly("keys", "next");
        assertThat(last.fieldNames()).containsExactly("keys");
        JsonArray all = new JsonArray().addAll(first.getJsonArray("keys"));
        all.addAll(second.getJsonArray("keys")).addAll(last.getJsonArray("keys"));
        assertThat(all).hasSize(5).doesNotHaveDuplicates().contains("k0", "k1", "k2", "k3", "k4");
        assertThat(NODE.send("GET", "/kv/nothing").text()).isEqualTo("{\"keys\":[]}");
    }

    private static String version(Answer write) {
        return "\"version\":{\"dot\":\"" + dotOf(write) + "\",\"time\":\"" + TIME + "\"}";
    }

    private static String dotOf(Answer write) {
        return write.json().getJsonObject("version").getString("dot");
    }

    private static Answer put(String target, String body, String... headers) throws IOException {
        return NODE.send("PUT", target, body.getBytes(StandardCharsets.UTF_8), headers);
    }
}
