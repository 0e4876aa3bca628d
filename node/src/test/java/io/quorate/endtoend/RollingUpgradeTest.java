package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that speaks the older protocol version is upgraded node by node while clients write and read, and none of them notices. */
class RollingUpgradeTest {
    private static final int SOME = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String LOCAL = "{\"r\":\"local_quorum\",\"w\":\"local_quorum\"}";

    @TempDir
    private Path folder;

    private final WriteLoad load = new WriteLoad(new Random(1));
    private LocalCluster cluster;

    @BeforeEach
    void start() {
        cluster = LocalCluster.start(folder, 3, "wire.versionMax=1");
    }

    @AfterEach
    void stop() {
        load.close();
        cluster.close();
    }

    @Test
    void nodeByNodeWithoutAFailure(TestReporter reporter) throws Exception {
        List<String> upgraded = new ArrayList<>();
        for (String id : cluster.ids()) {
            upgrade(id);
            upgraded.add(id);
            if (upgraded.size() == 1) {
                assertThat(cluster.api(id)
                                .send("PUT", "/buckets/near", LOCAL, "Content-Type", "application/json")
                                .status())
                        .isEqualTo(200);
            }
            // Both versions at once, every node asked.
            load.start(cluster.ids().stream().map(cluster::api).toList());
            load.awaitAcknowledged(SOME);
            load.stop();
            for (String other : cluster.ids()) {
                awaitQuorumOfBucket(other, upgraded.contains(other) ? "local_quorum" : "quorum");
                Answer written = cluster.api(other).put("/kv/near/" + other + "?timeout=10s", "1");
                assertThat(written.status()).as(written.toString()).isEqualTo(200);
            }
        }
        WriteHistory history = load.history();
        assertThat(history.failures()).isEmpty();
        assertThat(history.stale()).isEmpty();
        cluster.awaitInSync();
        WriteAudit audit = new WriteAudit(history);
        cluster.ids().forEach(id -> audit.checkAll(cluster.api(id)));
        assertThat(cluster.problems("ERROR")).isEmpty();
        reporter.publishEntry(
                history.acknowledgements() + " writes acknowledged while 3 nodes were upgraded, none failed");
    }

    private void upgrade(String id) throws Exception {
        load.start(cluster.ids().stream()
                .filter(other -> !other.equals(id))
                .map(cluster::api)
                .toList());
        load.awaitAcknowledged(SOME);
        cluster.node(id).terminate();
        assertThat(cluster.node(id).awaitEnd()).isZero();
        cluster.configure(id, "wire.versionMax=2");
        cluster.start(id);
        load.awaitAcknowledged(SOME);
        load.stop();
    }

    /** Nobody tells a node of the older version what it could not read: it goes by the default until it is upgraded. */
    private void awaitQuorumOfBucket(String id, String expected) {
        await(id + " takes the bucket's r to be " + expected)
                .atMost(PATIENCE)
                .until(() -> cluster.api(id)
                        .get("/buckets/near")
                        .json()
                        .path("r")
                        .asText()
                        .equals(expected));
    }
}
