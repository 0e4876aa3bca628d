package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Members come and go while clients write and read; no request fails, and none reads what is out of date. */
class ElasticTest {
    private static final int SOME = 300;
    /** A loaded machine is slow to take a member for dead. */
    private static final Duration CONVICTION_PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final WriteLoad load = new WriteLoad(new Random(1));
    private Optional<EmbeddedWriter> embedded = Optional.empty();
    private LocalCluster cluster;

    @BeforeEach
    void start() {
        cluster = LocalCluster.start(folder, 3);
    }

    @AfterEach
    void stop() throws InterruptedException {
        // A writer without a cluster would fail without end, and keep count of it.
        if (embedded.isPresent()) {
            embedded.get().finish();
        }
        load.close();
        cluster.close();
    }

    @Test
    void threeBecomeFiveBecomeThree(TestReporter reporter) throws Exception {
        load.start(apis("n1", "n3"));
        load.awaitAcknowledged(SOME);
        embedded = Optional.of(new EmbeddedWriter(cluster.peer("n1"), cluster.peer("n2")));
        embedded.get().start();
        cluster.awaitMember(cluster.add());
        cluster.awaitMember(cluster.add());
        load.awaitAcknowledged(SOME);
        load.stop();
        load.start(apis("n3", "n4", "n5"));
        cluster.remove("n2", "n5");
        cluster.remove("n1", "n3");
        load.awaitAcknowledged(SOME);
        load.stop();
        embedded.get().finish();

        assertThat(embedded.get().troubles()).isEmpty();
        assertThat(embedded.get().written()).isGreaterThan(SOME);
        assertNothingFailed(reporter);
        assertAllIsThere();
    }

    @Test
    void aNewcomerAndItsSourceMayDieMidway() throws Exception {
        load.start(apis("n1", "n3"));
        load.awaitAcknowledged(SOME);
        load.stop();
        String newcomer = cluster.add();
        awaitJoining(newcomer);
        cluster.node(newcomer).kill();
        cluster.node("n2").kill();
        load.start(apis("n1", "n3"));
        load.awaitAcknowledged(SOME);
        load.stop();
        cluster.node(newcomer).start();
        cluster.start("n2");
        cluster.awaitMember(newcomer);

        assertAllIsThere();
    }

    @Test
    void aDeadMemberIsGivenUpAndCannotComeBack() throws Exception {
        load.start(apis("n1", "n3"));
        load.awaitAcknowledged(SOME);
        cluster.awaitMember(cluster.add());
        load.stop();
        assertThat(cluster.api("n1")
                        .send("DELETE", "/cluster/members/n2?force=true", "")
                        .status())
                .as("a member that is alive is not given up")
                .isEqualTo(409);
        cluster.node("n2").kill();
        await().atMost(CONVICTION_PATIENCE)
                .until(() -> cluster.api("n1")
                                .send("DELETE", "/cluster/members/n2?force=true", "")
                                .status()
                        == 202);
        cluster.awaitGone("n2", "n1");
        cluster.node("n2").start();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> cluster.api("n2").get("/health/ready").toString().contains("was removed"));
        cluster.node("n2").kill();
        cluster.forget("n2");

        assertAllIsThere();
    }

    @Test
    void aDeadMemberIsReplacedInItsPlace() throws Exception {
        load.start(apis("n1", "n3"));
        load.awaitAcknowledged(SOME);
        load.stop();
        JsonNode before = cluster.api("n1").get("/cluster/ring").json().path("partitions");
        String newcomer = cluster.addAlone();
        cluster.node("n2").kill();
        String body = "{\"address\":\"" + cluster.peer(newcomer) + "\",\"replaces\":\"n2\"}";
        await().atMost(CONVICTION_PATIENCE)
                .until(() ->
                        cluster.api("n1").send("POST", "/cluster/members", body).status() == 202);
        cluster.awaitGone("n2", "n1");
        cluster.forget("n2");
        cluster.awaitMember(newcomer);

        JsonNode after = cluster.api("n1").get("/cluster/ring").json().path("partitions");
        assertThat(after.toString()).isEqualTo(before.toString().replace("\"n2\"", '"' + newcomer + '"'));
        assertAllIsThere();
    }

    private void awaitJoining(String newcomer) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> cluster.api("n1")
                        .get("/cluster")
                        .json()
                        .path("members")
                        .findValuesAsText("id")
                        .contains(newcomer));
    }

    private List<NodeApi> apis(String... ids) {
        List<NodeApi> apis = new ArrayList<>();
        for (String id : ids) {
            apis.add(cluster.api(id));
        }
        return apis;
    }

    private void assertNothingFailed(TestReporter reporter) {
        WriteHistory history = load.history();
        assertThat(history.failures()).isEmpty();
        assertThat(history.stale()).isEmpty();
        reporter.publishEntry(history.acknowledgements() + " writes acknowledged, none failed, no read was stale");
    }

    private void assertAllIsThere() {
        cluster.awaitInSync();
        WriteAudit audit = new WriteAudit(load.history());
        cluster.ids().forEach(id -> audit.checkAll(cluster.api(id)));
        assertThat(cluster.problems("ERROR")).isEmpty();
    }
}
