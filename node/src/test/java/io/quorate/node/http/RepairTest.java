package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.antientropy.PeerProgress;
import io.quorate.node.membership.OwedSurvey.Owing;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waiting until nothing is owed, and looking at and starting anti-entropy. */
final class RepairTest {
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
    void syncAnswersWhenNothingIsOwed() throws IOException {
        Answer answer = NODE.send("POST", "/cluster/sync");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("status")).isEqualTo("synced");
        assertThat(NODE.node.lastSyncMillis).isEqualTo(30_000);
    }

    @Test
    void syncTellsWhatIsLeft() throws IOException {
        NODE.node.owing = new Owing(new TreeMap<>(Map.of("n1", new TreeMap<>(Map.of("n2", 7L)))), Set.of("n3"));

        Answer answer = NODE.send("POST", "/cluster/sync?timeout=250ms");

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("not_synced");
        assertThat(answer.error().getJsonObject("owed").getJsonObject("n1").getLong("n2"))
                .isEqualTo(7);
        assertThat(answer.error().getJsonArray("silent").getString(0)).isEqualTo("n3");
        assertThat(NODE.node.lastSyncMillis).isEqualTo(250);
    }

    @Test
    void syncRefusesWhatItDoesNotKnow() throws IOException {
        assertThat(NODE.send("POST", "/cluster/sync?w=2").code()).isEqualTo("invalid_parameter");
        assertThat(NODE.send("POST", "/cluster/sync?timeout=61s").code()).isEqualTo("invalid_parameter");
    }

    @Test
    void antiEntropyShowsEachPeer() throws IOException {
        NODE.node.progress = List.of(
                new PeerProgress("n2", 3, true, 1_000, 900, 512, 2, 17, 1, 4_096),
                new PeerProgress("n3", 0, false, 0, 0, 0, 0, 0, 0, 0));

        Answer answer = NODE.send("GET", "/antientropy");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(peer(answer, 0).getString("peer")).isEqualTo("n2");
        assertThat(peer(answer, 0).getString("in_sync_as_of")).isEqualTo("1970-01-01T00:00:00.900Z");
        assertThat(peer(answer, 0).getInteger("keys_repaired")).isEqualTo(17);
        assertThat(peer(answer, 1).getValue("last_round") == null).isTrue();
        assertThat(NODE.node.roundsBegun.get()).isZero();
    }

    private static JsonObject peer(Answer answer, int index) {
        return answer.json().getJsonArray("peers").getJsonObject(index);
    }

    @Test
    void antiEntropyStartsWhenAsked() throws IOException {
        assertThat(NODE.send("POST", "/antientropy").status()).isEqualTo(200);
        assertThat(NODE.node.roundsBegun.get()).isEqualTo(1);
    }
}
