package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.node.membership.ChangeProgress;
import io.quorate.node.membership.ChangeProgress.Copied;
import io.quorate.node.membership.Membership.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members are invited and sent away, and what is wrong with such a wish is said. */
class MembersTest {
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
    void aNodeIsInvitedByItsAddress() throws IOException {
        Answer answer = post("{\"address\":\"10.0.0.6:9101\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text()).isEqualTo("{\"id\":\"n6\",\"state\":\"joining\"}");
        assertThat(NODE.node.asked).containsExactly("invite 10.0.0.6:9101 for ");
    }

    @Test
    void itMayTakeADeadMembersPlace() throws IOException {
        post("{\"address\":\"10.0.0.6:9101\",\"replaces\":\"n2\"}");

        assertThat(NODE.node.asked).containsExactly("invite 10.0.0.6:9101 for n2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"address\":1}", "{\"address\":\"a:1\",\"port\":\"2\"}", "\"a:1\""})
    void anInvitationOfAnotherFormChangesNothing(String body) throws IOException {
        Answer answer = post(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_parameter");
        assertThat(NODE.node.asked).isEmpty();
    }

    @Test
    void aMemberLeaves() throws IOException {
        NODE.node.outcome = new Outcome("n3", "");

        Answer answer = NODE.send("DELETE", "/cluster/members/n3");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text()).isEqualTo("{\"id\":\"n3\",\"state\":\"leaving\"}");
        NODE.send("DELETE", "/cluster/members/n2?force=true");
        assertThat(NODE.node.asked).containsExactly("remove n3", "remove n2 by force");
        assertThat(NODE.send("DELETE", "/cluster/members/n2?force=yes").code()).isEqualTo("invalid_parameter");
    }

    @Test
    void whatTheClusterRefusesIsAnsweredWithItsReason() throws IOException {
        NODE.node.outcome = new Outcome("", "n3 is the last member: stop it instead");

        Answer answer = NODE.send("DELETE", "/cluster/members/n3");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("membership_refused");
        assertThat(answer.error().getString("message")).isEqualTo("n3 is the last member: stop it instead.");
    }

    @Test
    void theChangeThatIsUnderWayIsShown() throws IOException {
        assertThat(NODE.send("GET", "/cluster").json().containsKey("change")).isFalse();
        NODE.node.change = Optional.of(change(Map.of("n1", new Copied(4, 1), "n6", new Copied(8, 2))));

        JsonObject change = NODE.send("GET", "/cluster").json().getJsonObject("change");

        assertThat(change.getString("member")).isEqualTo("n6");
        assertThat(change.getString("step")).isEqualTo("joining");
        assertThat(change.getJsonArray("waits_for")).isEqualTo(new JsonArray(List.of("n1", "n6")));
        assertThat(change.getJsonArray("next")).isEqualTo(new JsonArray(List.of("n7")));
        assertThat(change.getInteger("partitions_to_copy")).isEqualTo(12);
        assertThat(change.getInteger("partitions_copied")).isEqualTo(3);
        assertThat(change.getString("begun")).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(change.getInteger("running_seconds")).isEqualTo(5);
        assertThat(change.getInteger("seconds_left"))
                .as("5.5 s for 3, so 16.5 s for 9")
                .isEqualTo(17);
        assertThat(change.getJsonObject("copying"))
                .isEqualTo(new JsonObject().put("n1", copying(4, 1)).put("n6", copying(8, 2)));
    }

    @Test
    void anEstimateThatCannotBeMadeIsNull() throws IOException {
        NODE.node.change = Optional.of(change(Map.of("n6", new Copied(8, 0))));

        JsonObject change = NODE.send("GET", "/cluster").json().getJsonObject("change");

        assertThat(change.containsKey("seconds_left")).isTrue();
        assertThat(change.getValue("seconds_left")).isNull();
    }

    private static ChangeProgress change(Map<String, Copied> copying) {
        return new ChangeProgress(
                "n6",
                "joining",
                List.of("n1", "n6"),
                List.of("n7"),
                new TreeMap<>(copying),
                Instant.parse("2026-01-31T12:00:00Z").toEpochMilli(),
                5_500);
    }

    private static JsonObject copying(int partitions, int copied) {
        return new JsonObject().put("partitions_to_copy", partitions).put("partitions_copied", copied);
    }

    private static Answer post(String body) throws IOException {
        return NODE.send("POST", "/cluster/members", body.getBytes(StandardCharsets.UTF_8));
    }
}
