package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is told to stop does so in good order and in time, and its next start goes on as the same actor. */
class GracefulStopTest {
    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    private static final int WRITES = 500;

    @TempDir
    private Path folder;

    private LocalCluster cluster;

    @BeforeEach
    void start() {
        cluster = LocalCluster.start(folder, 3);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void stopsUnderLoadInTimeAndLosesNothing() throws Exception {
        try (WriteLoad load = new WriteLoad(new Random(1))) {
            String before = actorOf("n2");
            load.start(List.of(cluster.api("n2"), cluster.api("n1")));
            load.awaitAcknowledged(WRITES);

            cluster.node("n2").terminate();
            assertThat(cluster.node("n2").awaitEnd(STOP_MAX)).isZero();
            load.awaitAcknowledged(WRITES / 10);
            cluster.start("n2");
            load.stop();

            WriteAudit audit = new WriteAudit(load.history());
            audit.checkNewKeys(cluster.api("n2"));
            assertThat(actorOf("n2")).as("a clean stop forgets nothing").isEqualTo(before);
            assertThat(cluster.problems("ERROR")).isEmpty();
        }
    }

    @Test
    void allStopAtOnceAndGoOnAsBefore() throws Exception {
        try (WriteLoad load = new WriteLoad(new Random(2))) {
            List<String> before = cluster.ids().stream().map(this::actorOf).toList();
            load.start(cluster.ids().stream().map(cluster::api).toList());
            load.awaitAcknowledged(WRITES);

            cluster.ids().forEach(id -> cluster.node(id).terminate());
            load.stop();
            assertThat(cluster.ids().stream().map(id -> cluster.node(id).awaitEnd(STOP_MAX)))
                    .containsOnly(0);
            cluster.startAll();

            new WriteAudit(load.history()).checkNewKeys(cluster.api("n3"));
            assertThat(cluster.ids().stream().map(this::actorOf)).isEqualTo(before);
            assertThat(cluster.problems("ERROR")).isEmpty();
        }
    }

    @Test
    void aKillMayHaveForgottenSomethingSoTheActorIsAnother() {
        String before = actorOf("n2");

        cluster.kill("n2");
        cluster.start("n2");
        String after = actorOf("n2");
        assertThat(after).isNotEqualTo(before);

        cluster.node("n2").terminate();
        assertThat(cluster.node("n2").awaitEnd(STOP_MAX)).isZero();
        cluster.start("n2");
        assertThat(actorOf("n2")).isEqualTo(after);
    }

    /** Who mints the dots of a node: its id and incarnation. With three nodes each is a replica of every key, and stamps what it is sent. */
    private String actorOf(String id) {
        String dot =
                cluster.api(id).put("/kv/actors/" + id + "?timeout=30s", "1").dot();
        assertThat(dot).startsWith(id + ".");
        return dot.substring(0, dot.indexOf(':'));
    }
}
