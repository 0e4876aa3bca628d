package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that stands still for long under load, and comes back as if nothing had been.
 *
 * <p>The system property {@code quorate.pauseMillis} asks for more than it takes until the others take it for dead.
 */
class PauseTest {
    private static final Duration PAUSE = Duration.ofMillis(Long.getLong("quorate.pauseMillis", 0));
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SOME = 300;

    @TempDir
    private Path folder;

    private final WriteLoad load = new WriteLoad(new Random(1));
    private LocalCluster cluster;

    @BeforeEach
    void start() {
        cluster = LocalCluster.start(folder, 3, "heartbeat.suspectMillis=1000");
    }

    @AfterEach
    void stop() {
        load.close();
        cluster.close();
    }

    @Test
    void aNodeThatStoodStillComesBackWithoutDisturbingOthers(TestReporter reporter) throws Exception {
        load.start(List.of(cluster.api("n1"), cluster.api("n3")));
        load.awaitAcknowledged(SOME);
        Instant begun = Instant.now();
        cluster.pause("n2");
        do {
            load.awaitAcknowledged(SOME);
        } while (Instant.now().isBefore(begun.plus(PAUSE)));
        Duration paused = Duration.between(begun, Instant.now());
        int before = load.history().acknowledgements();
        Instant resumed = Instant.now();
        cluster.node("n2").resume();
        await("n2 is active to the others, and never took them for dead")
                .atMost(PATIENCE)
                .until(this::isBackAndBlamesNobody);
        Duration back = Duration.between(resumed, Instant.now());
        load.awaitAcknowledged(SOME);
        load.stop();

        assertThat(load.history().failures()).as("no request of the others").isEmpty();
        assertThat(load.history().stale()).isEmpty();
        cluster.awaitInSync();
        WriteAudit audit = new WriteAudit(load.history());
        cluster.ids().forEach(id -> audit.checkAll(cluster.api(id)));
        assertThat(cluster.problems("ERROR")).isEmpty();
        reporter.publishEntry("paused for " + paused.toMillis() + " ms, active again to all after " + back.toMillis()
                + " ms; " + before + " writes acknowledged until then, none failed, none lost");
    }

    private boolean isBackAndBlamesNobody() {
        for (JsonNode member : members("n2")) {
            assertThat(member.path("state").asText())
                    .as("as n2 sees it: " + member)
                    .isNotEqualTo("down");
        }
        return List.of("n1", "n3").stream()
                .allMatch(id -> members(id).findValuesAsText("state").equals(List.of("active", "active", "active")));
    }

    private JsonNode members(String id) {
        return cluster.api(id).get("/cluster").json().path("members");
    }
}
