package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.node.http.NodeView.ChangeView;
import io.quorate.node.membership.Membership.Outcome;
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
        NODE.node.change = Optional.of(new ChangeView("n6", "joining", List.of("n1", "n6")));

        JsonObject change = NODE.send("GET", "/cluster").json().getJsonObject("change");

        assertThat(change.getString("member")).isEqualTo("n6");
        assertThat(change.getString("step")).isEqualTo("joining");
        assertThat(change.getJsonArray("waits_for")).isEqualTo(new JsonArray(List.of("n1", "n6")));
    }

    private static Answer post(String body) throws IOException {
        return NODE.send("POST", "/cluster/members", body.getBytes(StandardCharsets.UTF_8));
    }
}
