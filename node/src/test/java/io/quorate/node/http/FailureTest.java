package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.quorate.coordinator.api.Acknowledgement;
import io.quorate.coordinator.api.Failure;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Every row of the contract's table of errors that is not about parameters, bodies or load. */
class FailureTest {
    private static final TestNode NODE = TestNode.start();
    private static final String KEY = "/kv/b/k";

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @BeforeEach
    void reset() {
        NODE.reset();
    }

    @Test
    void aQuorumThatWasNotReachedSaysWhoDidAndWhyNot() throws IOException {
        NODE.coordinator.failure = Optional.of(notReached(Failure.WriteOutcome.UNKNOWN));

        Answer put = put("1");

        assertThat(put.status()).isEqualTo(503);
        assertThat(put.error())
                .isEqualTo(new JsonObject(
                        "{\"code\":\"quorum_not_reached\",\"message\":\"Retry \\\"it\\\".\",\"n\":3,\"needed\":2,"
                                + "\"acks\":[{\"node\":\"n1\"},{\"node\":\"n4\",\"hint_for\":\"n2\"}],"
                                + "\"failures\":{\"n2\":\"unreachable\",\"n3\":\"timeout\"},\"outcome\":\"unknown\"}"));
    }

    @Test
    void aWriteThatSurelyDidNothingSaysSo() throws IOException {
        NODE.coordinator.failure = Optional.of(notReached(Failure.WriteOutcome.NONE));

        assertThat(put("1").error().getString("outcome")).isEqualTo("none");
        assertThat(put("1", "If-None-Match: *").error().getString("outcome")).isEqualTo("none");
        assertThat(NODE.send("DELETE", KEY).error().getString("outcome")).isEqualTo("none");
    }

    @Test
    void aFailureThatIsToBeExplainedIs() throws IOException {
        NODE.coordinator.failure = Optional.of(notReached(Failure.WriteOutcome.NONE));
        NODE.coordinator.failureExplanation = Optional.of(FakeCoordinator.EXPLANATION);

        Answer put = put("1");

        assertThat(put.status()).isEqualTo(503);
        assertThat(put.error().getJsonObject("failures").size()).isEqualTo(2);
        assertThat(put.error().getJsonObject("explain").getJsonObject("not_asked"))
                .isEqualTo(new JsonObject("{\"n2\":\"unreachable\"}"));
        assertThat(NODE.send("GET", KEY).error().containsKey("explain")).isTrue();
    }

    @Test
    void aReadHasNoOutcome() throws IOException {
        NODE.coordinator.failure = Optional.of(notReached(Failure.WriteOutcome.NONE));

        Answer get = NODE.send("GET", KEY);
        Answer list = NODE.send("GET", "/kv/b");

        assertThat(get.status()).isEqualTo(503);
        assertThat(get.error().getInteger("needed")).isEqualTo(2);
        assertThat(get.error().containsKey("outcome")).isFalse();
        assertThat(list.status()).isEqualTo(503);
        assertThat(NODE.send("HEAD", KEY).status()).isEqualTo(503);
    }

    @Test
    void theOtherFailuresOfACoordinator() throws IOException {
        assertFailure(new Failure.InvalidQuorum("why"), 400, "invalid_quorum");
        assertFailure(new Failure.Overloaded("why"), 429, "overloaded");
        assertFailure(new Failure.TooManySiblings("why"), 409, "too_many_siblings");
        assertFailure(new Failure.ContextAhead("why"), 400, "invalid_context");
    }

    @Test
    void whoIsOverloadedSaysWhenToRetry() throws IOException {
        NODE.coordinator.failure = Optional.of(new Failure.Overloaded("why"));

        assertThat(NODE.send("GET", KEY).headers()).containsEntry("retry-after", "1");
    }

    @Test
    void aFaultOfTheProgramIsLoggedAndNotShown() throws IOException {
        NODE.coordinator.fault = Optional.of(new IllegalStateException("secret"));
        Logger logger = (Logger) LoggerFactory.getLogger(Exchange.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        try {
            Answer get = NODE.send("GET", KEY);
            Answer put = put("1");

            assertThat(get.status()).isEqualTo(500);
            assertThat(get.code()).isEqualTo("internal");
            assertThat(get.text()).doesNotContain("secret", "Exception", "\\tat ");
            assertThat(put.code()).isEqualTo("internal");
            assertThat(log.list)
                    .hasSize(2)
                    .allSatisfy(event ->
                            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("secret"));
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
        }
        NODE.coordinator.fault = Optional.empty();
        assertThat(NODE.requestsInFlight()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/kv/b/k,'GET, HEAD, PUT, PATCH, DELETE'",
        "OPTIONS,/kv/b/k,'GET, HEAD, PUT, PATCH, DELETE'",
        "FOO,/kv/b/k,'GET, HEAD, PUT, PATCH, DELETE'",
        "PUT,/kv/b,'GET, HEAD, POST'",
        "DELETE,/kv/b,'GET, HEAD, POST'",
        "POST,/inspect/b/k,'GET, HEAD'",
        "POST,/buckets,'GET, HEAD'",
        "PATCH,/buckets/b,'GET, HEAD, PUT, DELETE'",
        "POST,/cluster,'GET, HEAD'",
        "PUT,/cluster/ring,'GET, HEAD'",
        "GET,/cluster/members,POST",
        "GET,/cluster/sync,POST",
        "PUT,/antientropy,'GET, HEAD, POST'",
        "POST,/health/live,'GET, HEAD'",
        "DELETE,/metrics,'GET, HEAD'"
    })
    void aMethodThatDoesNothingIsToldWhichDo(String method, String target, String allow) throws IOException {
        Answer answer = NODE.send(method, target);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("method_not_allowed");
        assertThat(answer.headers()).containsEntry("allow", allow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/kv", "/nothing", "/cluster/", "/cluster/x/y", "/health", "/metrics/x", "/KV/b/k", "/%zz"})
    void anUnknownPathIsToldWhatThereIs(String target) throws IOException {
        Answer answer = NODE.send("GET", target);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not_found");
        assertThat(answer.error().getString("message")).contains("/kv/{bucket}/{key}", "/cluster", "/metrics");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON;charset=\"UTF-8\"; x=y",
                "application/vnd.api+json",
                "application/x-www-form-urlencoded"
            })
    void jsonByWhateverNameIsAccepted(String type) throws IOException {
        assertThat(put("1", "Content-Type: " + type).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: application/xml",
                "Content-Type: application/jsonp",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Type: ",
                "Content-Type: application/json; charset=latin-1",
                "Content-Type: application/json; charset=utf-16",
                "Content-Encoding: gzip"
            })
    void whatSaysItIsNotJsonIsRefused(String header) throws IOException {
        Answer answer = put("1", header);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("unsupported_media_type");
        assertThat(NODE.coordinator.writes).hasValue(0);
    }

    @Test
    void aMalformedBodyIsToldWhere() throws IOException {
        Answer answer = put("{\n \"a\": 1,\n}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_json");
        assertThat(answer.error().getInteger("line")).isEqualTo(3);
        assertThat(answer.error().getInteger("column")).isEqualTo(1);
        assertThat(answer.error().getString("message")).contains("line 3, column 1");
        assertThat(put("").code()).isEqualTo("invalid_json");
        assertThat(NODE.coordinator.writes).hasValue(0);
    }

    private static void assertFailure(Failure failure, int status, String code) throws IOException {
        NODE.coordinator.failure = Optional.of(failure);
        for (Answer answer : List.of(NODE.send("GET", KEY), put("1"), NODE.send("DELETE", KEY))) {
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.error())
                    .isEqualTo(new JsonObject().put("code", code).put("message", "why"));
        }
    }

    private static Failure notReached(Failure.WriteOutcome outcome) {
        TreeMap<String, String> failures = new TreeMap<>();
        failures.put("n3", "timeout");
        failures.put("n2", "unreachable");
        List<Acknowledgement> acks =
                List.of(new Acknowledgement("n1", Optional.empty()), new Acknowledgement("n4", Optional.of("n2")));
        return new Failure.QuorumNotReached("Retry \"it\".", 3, 2, acks, failures, outcome);
    }

    private static Answer put(String body, String... headers) throws IOException {
        return NODE.send("PUT", KEY, body.getBytes(StandardCharsets.UTF_8), headers);
    }
}
