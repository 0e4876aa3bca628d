package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quorate.core.Key;
import io.quorate.core.time.HybridTime;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.ContextCodec;
import io.quorate.core.version.Dot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal of the HTTP API, provoked on a real node: it looks as it should, and changes nothing. */
@TestInstance(Lifecycle.PER_CLASS)
class ErrorTableTest {
    private static final String KEY = "/kv/b/held";
    private static final int VALUE_BYTES_MAX = 1 << 20;

    private LocalCluster cluster;
    private NodeApi api;
    private String held;

    @BeforeAll
    void start(@TempDir Path folder) {
        // One request at a time, so that one more is too many; and nobody is suspected for being slow.
        cluster = LocalCluster.start(
                folder, 3, "shards=1", "limits.requestsInFlightMax=1", "heartbeat.suspectMillis=600000");
        api = cluster.api("n1");
        assertThat(api.put(KEY + "?w=3&timeout=30s", "1").status()).isEqualTo(200);
        held = inspect();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /kv/b/held?r=4               | invalid_quorum
            GET    | /kv/b/held?r=0               | invalid_quorum
            GET    | /kv/b/held?n=4               | invalid_quorum
            GET    | /kv/b/held?n=2&r=3           | invalid_quorum
            GET    | /kv/b/held?colour=red        | invalid_parameter
            GET    | /kv/b/held?w=1               | invalid_parameter
            GET    | /kv/b/held?r=two             | invalid_parameter
            GET    | /kv/b/held?r=1&r=2           | invalid_parameter
            GET    | /kv/b/held?timeout=2h        | invalid_parameter
            GET    | /kv/b/held?timeout=61s       | invalid_parameter
            GET    | /kv/b/held?read_repair=later | invalid_parameter
            GET    | /kv/b?limit=0                | invalid_parameter
            GET    | /kv/b?after=nowhere          | invalid_parameter
            GET    | /kv/b%20b/held               | invalid_parameter
            GET    | /kv/b/                       | invalid_key
            GET    | /kv/b/%FF                    | invalid_key
            PUT    | /kv/b/held?w=4               | invalid_quorum
            PUT    | /kv/b/held?w=0               | invalid_quorum
            PUT    | /kv/b/held?n=1&w=2           | invalid_quorum
            PUT    | /kv/b/held?n=4               | invalid_quorum
            PUT    | /kv/b/held?colour=red        | invalid_parameter
            PUT    | /kv/b/held?sloppy=perhaps    | invalid_parameter
            PUT    | /kv/b/held?timeout=0ms       | invalid_parameter
            PUT    | /kv/b/held?read_repair=sync  | invalid_parameter
            PUT    | /kv/b/held?context=hello     | invalid_context
            PUT    | /kv/b/                       | invalid_key
            PUT    | /buckets/b?n=2               | invalid_parameter
            DELETE | /kv/b/held?w=4               | invalid_quorum
            DELETE | /kv/b/held?colour=red        | invalid_parameter
            DELETE | /kv/b/held?context=hello     | invalid_context
            GET    | /cluster?colour=red          | invalid_parameter
            GET    | /inspect/b/held?r=1          | invalid_parameter
            """)
    void aRequestThatCannotBeMeantIsRefused(String method, String path, String code) {
        Answer answer = api.send(method, path, method.equals("PUT") ? "2" : "");

        assertRefused(answer, 400, code);
        assertNothingChanged();
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoJsonIsRefusedWithItsPlace(String body, int line, int column) {
        Answer answer = api.put(KEY, body);

        assertRefused(answer, 400, "invalid_json");
        assertThat(answer.error().path("line").asInt()).as(answer.toString()).isEqualTo(line);
        assertThat(answer.error().path("column").asInt()).as(answer.toString()).isEqualTo(column);
        assertNothingChanged();
    }

    static Stream<Arguments> whatIsNoJsonIsRefusedWithItsPlace() {
        return Stream.of(
                arguments("", 1, 1),
                arguments("x", 1, 1),
                arguments("1 2", 1, 3),
                arguments("{\"a\":\n 1,,}", 2, 4),
                arguments("[1,\n2,\n 3", 3, 3),
                arguments("{'a':1}", 1, 2));
    }

    @Test
    void theContextOfAnotherKeyIsRefused() {
        String other = api.put("/kv/b/other", "1").context();

        assertRefused(api.put(KEY, "2", "Quorate-Context", other), 400, "invalid_context");
        assertRefused(api.put(KEY, "2", "If-Match", "\"" + other + "\""), 400, "invalid_context");
        assertNothingChanged();
    }

    @Test
    void headersThatCannotBeMeantAreRefused() {
        assertRefused(api.put(KEY, "2", "Idempotency-Key", "x".repeat(65)), 400, "invalid_parameter");
        assertRefused(api.put(KEY, "2", "If-None-Match", "\"1\""), 400, "invalid_parameter");
        assertRefused(api.put(KEY, "2", "Content-Type", "text/plain"), 415, "unsupported_media_type");
        assertNothingChanged();
    }

    @Test
    void aKeyThatNeverWasHasNoContextAndADeletedOneHas() {
        Answer never = api.get("/kv/b/never");
        assertRefused(never, 404, "not_found");
        assertThat(never.error().has("context")).isFalse();
        assertThat(never.headers().firstValue("Quorate-Context")).isEmpty();

        String written = api.put("/kv/b/gone", "1").context();
        assertThat(api.delete("/kv/b/gone", "Quorate-Context", written).status())
                .isEqualTo(200);
        Answer gone = api.get("/kv/b/gone");
        assertRefused(gone, 404, "not_found");
        assertThat(gone.error().path("context").asText()).isEqualTo(gone.context());
        assertThat(api.send("HEAD", "/kv/b/gone", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/kv/b/held",
        "PUT,/kv/b",
        "DELETE,/kv/b",
        "POST,/buckets/b",
        "PUT,/cluster",
        "POST,/inspect/b/held"
    })
    void aMethodThatDoesNothingThereIsRefused(String method, String path) {
        Answer answer = api.send(method, path, "2");

        assertRefused(answer, 405, "method_not_allowed");
        assertThat(answer.headers().firstValue("Allow").orElseThrow())
                .contains(path.startsWith("/buckets") ? "PUT" : "GET");
        assertNothingChanged();
    }

    @Test
    void aConditionThatDoesNotHoldRefusesTheWrite() {
        String path = "/kv/b/conditional";
        Answer first = api.put(path, "1", "If-None-Match", "*");
        assertThat(first.status()).isEqualTo(200);

        Answer exists = api.put(path, "2", "If-None-Match", "*");
        assertRefused(exists, 412, "precondition_failed");
        assertThat(exists.error().path("context").asText()).isEqualTo(exists.context());

        Answer second = api.put(path, "2", "If-Match", "\"" + first.context() + "\"");
        assertThat(second.status()).isEqualTo(200);
        Answer changed = api.put(path, "3", "If-Match", "\"" + first.context() + "\"");
        assertRefused(changed, 412, "precondition_failed");
        assertRefused(api.delete(path, "If-Match", "\"" + first.context() + "\""), 412, "precondition_failed");

        Answer read = api.get(path);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.dot()).isEqualTo(second.dot());
    }

    @Test
    void aValueHasALimit() {
        String longest = "\"" + "x".repeat(VALUE_BYTES_MAX - 2) + "\"";
        assertThat(api.put("/kv/b/large?timeout=30s", longest).status()).isEqualTo(200);

        assertRefused(api.put(KEY, longest + " "), 413, "value_too_large");
        assertNothingChanged();
        assertThat(api.get("/kv/b/large?timeout=30s").raw("value")).isEqualTo(longest);
    }

    @Test
    void aKeyHasALimit() {
        assertThat(api.put(NodeApi.path("b", "é".repeat(512)), "1").status()).isEqualTo(200);

        assertRefused(api.put(NodeApi.path("b", "é".repeat(512) + "x"), "1"), 414, "key_too_long");
        assertRefused(api.get(NodeApi.path("b", "x".repeat(1_025))), 414, "key_too_long");
    }

    @Test
    void oneRequestTooManyIsRefusedAndWritesNothing() throws IOException {
        try (Socket unfinished = new Socket(InetAddress.getLoopbackAddress(), cluster.httpPort("n1"))) {
            String head = "PUT /kv/b/unfinished HTTP/1.1\r\nHost: n1\r\nContent-Length: 10\r\n\r\n1";
            unfinished.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> api.get("/kv/b/held").status() == 429);

            Answer answer = api.put("/kv/b/shed", "1");
            assertRefused(answer, 429, "overloaded");
            assertThat(answer.headers().firstValue("Retry-After").orElseThrow()).matches("[0-9]+");
        }
        await("the node has seen that its client is gone")
                .until(() -> api.get("/kv/b/held").status() == 200);
        assertRefused(api.get("/kv/b/shed?r=3&timeout=30s"), 404, "not_found");
        assertRefused(api.get("/kv/b/unfinished?r=3&timeout=30s"), 404, "not_found");
        assertNothingChanged();
    }

    @Test
    void aQuorumThatIsNotReachedSaysWhetherTheWriteMayBeThere() {
        cluster.node("n2").pause();
        Answer unknown = api.put("/kv/b/unknown?w=3&timeout=500ms", "1");
        cluster.node("n2").resume();
        assertRefused(unknown, 503, "quorum_not_reached");
        assertThat(unknown.error().path("needed").asInt()).isEqualTo(3);
        assertThat(unknown.error().path("outcome").asText()).isEqualTo("unknown");
        assertThat(unknown.error().path("failures").path("n2").asText()).isEqualTo("timeout");

        cluster.kill("n2");
        Answer none = api.put(KEY + "?w=3", "2");
        assertRefused(none, 503, "quorum_not_reached");
        assertThat(none.error().path("acks")).isEmpty();
        assertThat(none.error().path("outcome").asText()).isEqualTo("none");
        assertThat(none.error().path("failures").path("n2").asText()).isEqualTo("unreachable");
        cluster.start("n2");
        assertNothingChanged();
    }

    @Test
    void aReadThatCannotReflectWhatItsReaderKnowsSaysSo() {
        long now = HybridTime.ofMillis(System.currentTimeMillis());
        Context unknown = Context.EMPTY.withDot(new Dot(new Actor("n1", 7), now));
        String token = ContextCodec.toToken(unknown, Key.of("b", "held"));

        assertRefused(api.get("/kv/b/held?r=1&timeout=300ms&at_least=" + token), 504, "at_least_not_reached");
        assertRefused(api.get("/kv/b/held?at_least=x"), 400, "invalid_context");
        String known = api.get("/kv/b/held").context();
        assertThat(api.get("/kv/b/held?r=1&at_least=" + known).status()).isEqualTo(200);
        assertNothingChanged();
    }

    @Test
    void aChangeOfMembersThatCannotBeIsRefused() {
        assertRefused(api.send("DELETE", "/cluster/members/n9", ""), 409, "membership_refused");
        assertRefused(api.send("DELETE", "/cluster/members/n2?force=true", ""), 409, "membership_refused");
        assertRefused(api.send("POST", "/cluster/members", "{\"adress\":\"x\"}"), 400, "invalid_parameter");
        assertRefused(api.send("POST", "/cluster/members", "{\"address\":\"127.0.0.1:1\"}"), 409, "membership_refused");
        assertNothingChanged();
    }

    @Test
    void thereIsNothingElsewhere() {
        assertRefused(api.get("/keys/b/held"), 404, "not_found");
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.error().path("message").asText()).hasSizeGreaterThan(20);
        assertThat(answer.json().size()).as("nothing but the error").isEqualTo(1);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .isEqualTo("application/json; charset=utf-8");
    }

    private void assertNothingChanged() {
        assertThat(inspect()).isEqualTo(held);
    }

    /** Each replica's own state of the key that no refused request may touch. */
    private String inspect() {
        Answer answer = api.get("/inspect/b/held?timeout=30s");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("agree").asBoolean()).isTrue();
        return answer.text();
    }
}
