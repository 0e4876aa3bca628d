package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Quorum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code If-None-Match} and {@code If-Match}. */
class ConditionTest {
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
    void aKeyIsCreatedOnce() throws IOException {
        assertThat(put("1", "If-None-Match: *").status()).isEqualTo(200);

        Answer second = put("2", "If-None-Match: *");

        assertThat(second.status()).isEqualTo(412);
        assertThat(second.code()).isEqualTo("precondition_failed");
        assertThat(second.context()).isNotNull().isEqualTo(second.error().getString("context"));
        assertThat(NODE.coordinator.writes).hasValue(1);
    }

    @Test
    void aDeletedKeyIsCreatedAgainWithoutItsTombstoneBesideIt() throws IOException {
        Answer first = put("1");
        NODE.send("DELETE", KEY, "Quorate-Context: " + first.context());

        assertThat(put("2", "If-None-Match: *").json().containsKey("siblings")).isFalse();
        assertThat(NODE.send("GET", KEY).status()).isEqualTo(200);
    }

    @Test
    void aChangeGoesAheadOnWhatWasSeen() throws IOException {
        put("1");
        String seen = NODE.send("GET", KEY).context();

        Answer change = put("2", "If-Match: \"" + seen + "\"");

        assertThat(change.status()).isEqualTo(200);
        assertThat(change.json().containsKey("siblings")).isFalse();
    }

    @Test
    void theContextOfAWriteIsEnoughToMatch() throws IOException {
        String first = put("1").context();
        Answer second = put("2", "If-Match: \"" + first + "\"");
        Answer third = put("3", "If-Match: " + second.context());

        assertThat(second.status()).isEqualTo(200);
        assertThat(third.status()).isEqualTo(200);
    }

    @Test
    void aChangeOnSomethingOlderIsRefused() throws IOException {
        String seen = put("1").context();
        put("2", "Quorate-Context: " + seen);

        Answer late = put("3", "If-Match: \"" + seen + "\"");
        Answer lateDelete = NODE.send("DELETE", KEY, "If-Match: \"" + seen + "\"");

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.context()).isNotNull().isEqualTo(late.error().getString("context"));
        assertThat(lateDelete.status()).isEqualTo(412);
        assertThat(NODE.coordinator.writes).hasValue(2);
        assertThat(put("3", "If-Match: \"" + late.context() + "\"").status()).isEqualTo(200);
    }

    @Test
    void aSiblingThatWasNotSeenIsSomethingNewer() throws IOException {
        String seen = put("1").context();
        put("2");

        assertThat(put("3", "If-Match: \"" + seen + "\"").status()).isEqualTo(412);
    }

    @Test
    void anotherContextIsWhatTheWriteClaimsToHaveSeen() throws IOException {
        String first = put("1").context();
        String all = NODE.send("GET", KEY).context();

        put("2", "If-Match: \"" + all + "\"", "Quorate-Context: " + first);

        assertThat(NODE.coordinator.lastWrite.context().vector().isEmpty()).isTrue();
    }

    @Test
    void theConditionIsReadAsTheParametersSay() throws IOException {
        NODE.send("PUT", KEY + "?n=5&r=all&sloppy=false&timeout=30s", new byte[] {'1'}, "If-None-Match: *");

        assertThat(NODE.coordinator.lastRead.n()).contains(new Quorum.Count(5));
        assertThat(NODE.coordinator.lastRead.r()).contains(Quorum.ALL);
        assertThat(NODE.coordinator.lastRead.sloppy()).contains(false);
        assertThat(NODE.coordinator.lastRead.timeoutMillis()).isEqualTo(30_000);
        assertThat(NODE.coordinator.lastWrite.timeoutMillis()).isBetween(20_000, 30_000);
    }

    @ParameterizedTest
    @CsvSource({
        "If-None-Match: \"x\",invalid_parameter",
        "If-Match: *,invalid_context",
        "If-Match: \"\",invalid_context",
        "If-Match: \"AAAA\",invalid_context",
        "If-Match: W/\"AAAA\",invalid_context"
    })
    void aMalformedConditionIsRefused(String header, String code) throws IOException {
        Answer answer = put("1", header);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(NODE.coordinator.reads.get() + NODE.coordinator.writes.get()).isZero();
    }

    @Test
    void contradictingConditionsAreRefused() throws IOException {
        String token = put("1").context();

        assertThat(put("1", "If-None-Match: *", "If-Match: \"" + token + "\"").code())
                .isEqualTo("invalid_parameter");
    }

    @Test
    void nothingIsReadForABodyThatIsRefused() throws IOException {
        assertThat(put("nonsense", "If-None-Match: *").code()).isEqualTo("invalid_json");
        assertThat(NODE.coordinator.reads).hasValue(0);
    }

    private static Answer put(String body, String... headers) throws IOException {
        return NODE.send("PUT", KEY, body.getBytes(StandardCharsets.UTF_8), headers);
    }
}
