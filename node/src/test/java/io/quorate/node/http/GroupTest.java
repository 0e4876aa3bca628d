package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Failure;
import io.quorate.core.cluster.Quorum;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and writing the keys of one tag, and everything that is refused. */
final class GroupTest {
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
    void valuesComeBackAsTheyWereWritten() throws IOException {
        Answer written = post(
                " { \"entries\" : [ {\"value\": { \"b\":2.50, \"a\":[1, 2] } ,\"key\":\"{t}1\"}, {\"key\":\"x{t}\",\"value\":\"\\u0041\"} ] } ");
        assertThat(written.status()).isEqualTo(200);
        assertThat(written.text())
                .startsWith("{\"bucket\":\"b\",\"tag\":\"t\",\"entries\":[{\"key\":\"{t}1\",\"context\":");
        assertThat(written.json().getJsonObject("quorum").getInteger("w")).isEqualTo(2);

        Answer read = NODE.send("GET", "/kv/b?tag=t");

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text())
                .contains("{\"key\":\"{t}1\",\"value\":{ \"b\":2.50, \"a\":[1, 2] },\"context\":")
                .contains("{\"key\":\"x{t}\",\"value\":\"\\u0041\",\"context\":")
                .endsWith("\"quorum\":{\"n\":3,\"r\":2,\"replies\":2}}");
    }

    @Test
    void aDeletedKeyIsNotShownAndSiblingsAre() throws IOException {
        post("{\"entries\":[{\"key\":\"{t}1\",\"value\":1},{\"key\":\"{t}2\",\"value\":2}]}");
        Answer second = post("{\"entries\":[{\"key\":\"{t}1\",\"value\":3}]}");
        assertThat(entry(second, 0).getBoolean("siblings")).isTrue();
        String context = entry(NODE.send("GET", "/kv/b?tag=t"), 1).getString("context");

        post("{\"entries\":[{\"key\":\"{t}2\",\"delete\":true,\"context\":\"" + context + "\"}]}");

        Answer read = NODE.send("GET", "/kv/b?tag=t");
        assertThat(read.json().getJsonArray("entries")).hasSize(1);
        assertThat(entry(read, 0).getJsonArray("siblings")).hasSize(2);
    }

    @Test
    void aGroupOfNothingIsEmpty() throws IOException {
        Answer read = NODE.send("GET", "/kv/b?tag=%7Bx&r=1&n=2&timeout=1s");

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text()).startsWith("{\"bucket\":\"b\",\"tag\":\"{x\",\"entries\":[],\"quorum\":");
        assertThat(NODE.coordinator.lastRead.r()).contains(new Quorum.Count(1));
        assertThat(NODE.send("HEAD", "/kv/b?tag=x").status()).isEqualTo(200);
    }

    @Test
    void theTermsOfAWriteAreRead() throws IOException {
        NODE.send(
                "POST",
                "/kv/b?w=3&n=3&sloppy=true&timeout=1s",
                bytes("{\"entries\":[{\"key\":\"{t}1\",\"value\":1}]}"),
                "Idempotency-Key: once");

        assertThat(NODE.coordinator.lastWrite.w()).contains(new Quorum.Count(3));
        assertThat(NODE.coordinator.lastWrite.sloppy()).contains(true);
        assertThat(NODE.coordinator.lastWrite.timeoutMillis()).isEqualTo(1_000);
        assertThat(NODE.coordinator.lastWrite.idempotencyKey()).contains("once");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/kv/b?tag=,tag",
        "GET,/kv/b?tag=a%7Db,tag",
        "GET,/kv/b?tag=a&tag=b,tag",
        "GET,/kv/b?tag=a&limit=3,limit",
        "GET,/kv/b?tag=a&after=x,after",
        "GET,/kv/b?tag=a&sloppy=true,sloppy",
        "GET,/kv/b?tag=a&r=x,r",
        "GET,/kv/b?r=1,r",
        "POST,/kv/b?tag=a,tag",
        "POST,/kv/b?r=1,r",
        "POST,/kv/b?context=x,context",
        "POST,/kv/b?w=x,w"
    })
    void aWrongParameterIsNamed(String method, String target, String parameter) throws IOException {
        Answer answer = NODE.send(method, target, bytes("{\"entries\":[{\"key\":\"{t}1\",\"value\":1}]}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_parameter");
        assertThat(answer.error().getString("parameter")).isEqualTo(parameter);
        assertNothingDone();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "[]",
                "{}",
                "{\"entries\":1}",
                "{\"entries\":[]}",
                "{\"entries\":[1]}",
                "{\"entry\":[{\"key\":\"{t}1\",\"value\":1}]}",
                "{\"entries\":[{\"key\":\"{t}1\",\"value\":1}],\"more\":1}",
                "{\"entries\":[{\"value\":1}]}",
                "{\"entries\":[{\"key\":1,\"value\":1}]}",
                "{\"entries\":[{\"key\":\"{t}1\"}]}",
                "{\"entries\":[{\"key\":\"{t}1\",\"value\":1,\"value\":2}]}",
                "{\"entries\":[{\"key\":\"{t}1\",\"key\":\"{t}1\",\"value\":2}]}",
                "{\"entries\":[{\"key\":\"{t}1\",\"value\":1,\"delete\":true}]}",
                "{\"entries\":[{\"key\":\"{t}1\",\"delete\":false}]}",
                "{\"entries\":[{\"key\":\"{t}1\",\"value\":1,\"context\":1}]}",
                "{\"entries\":[{\"key\":\"{t}1\",\"value\":1,\"ttl\":\"3s\"}]}",
                "{\"entries\":[{\"key\":\"plain\",\"value\":1}]}",
                "{\"entries\":[{\"key\":\"{}1\",\"value\":1}]}",
                "{\"entries\":[{\"key\":\"{t}1\",\"value\":1},{\"key\":\"{u}1\",\"value\":1}]}",
                "{\"entries\":[{\"key\":\"{t}1\",\"value\":1},{\"key\":\"{t}1\",\"value\":1}]}"
            })
    void whatIsNoWriteOfOneGroupIsRefused(String body) throws IOException {
        Answer answer = post(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_parameter");
        assertThat(answer.error().getString("message")).hasSizeGreaterThan(20);
        assertNothingDone();
    }

    @Test
    void theOtherRefusals() throws IOException {
        assertThat(post("{\"entries\":[").code()).isEqualTo("invalid_json");
        assertThat(post("{\"entries\":[{\"key\":\"\",\"value\":1}]}").code()).isEqualTo("invalid_key");
        Answer tooLong = post("{\"entries\":[{\"key\":\"{t}" + "x".repeat(2_000) + "\",\"value\":1}]}");
        assertThat(tooLong.status()).isEqualTo(414);
        assertThat(NODE.send("GET", "/kv/b?tag=" + "x".repeat(1_500)).status()).isEqualTo(414);
        assertThat(post("{\"entries\":[{\"key\":\"{t}1\",\"value\":1,\"context\":\"?\"}]}")
                        .code())
                .isEqualTo("invalid_context");
        assertThat(post("{\"entries\":[" + entries(101) + "]}").code()).isEqualTo("invalid_parameter");
        assertThat(post("{\"entries\":[{\"key\":\"{t}1\",\"value\":\"" + "x".repeat(1 << 20) + "\"}]}")
                        .status())
                .isEqualTo(413);
        assertThat(NODE.send("POST", "/kv/b", bytes("{}"), "Content-Type: text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(NODE.send("POST", "/kv/b", bytes("{}"), "Idempotency-Key: ").code())
                .isEqualTo("invalid_parameter");
        assertNothingDone();
        assertThat(post("{\"entries\":[" + entries(100) + "]}").status()).isEqualTo(200);
    }

    @Test
    void whatACoordinatorCannotDoIsSaid() throws IOException {
        NODE.coordinator.failure = Optional.of(new Failure.GroupTooLarge("Read them one by one."));
        Answer tooLarge = NODE.send("GET", "/kv/b?tag=t");
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.code()).isEqualTo("group_too_large");

        NODE.coordinator.failure = Optional.of(new Failure.GroupUnsettled("Retry it."));
        Answer unsettled = NODE.send("GET", "/kv/b?tag=t");
        assertThat(unsettled.status()).isEqualTo(503);
        assertThat(unsettled.code()).isEqualTo("group_unsettled");
    }

    private static String entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"key\":\"{t}" + i + "\",\"value\":1}")
                .collect(Collectors.joining(","));
    }

    private static JsonObject entry(Answer answer, int index) {
        return answer.json().getJsonArray("entries").getJsonObject(index);
    }

    private static void assertNothingDone() {
        assertThat(NODE.coordinator.reads.get() + NODE.coordinator.writes.get()).isZero();
    }

    private static Answer post(String body) throws IOException {
        return NODE.send("POST", "/kv/b", bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
