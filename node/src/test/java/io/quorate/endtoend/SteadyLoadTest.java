package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members come, go, die and are restarted under a steady load of reads and writes of stored records, through all nodes: no request
 * fails, no read is stale, and at the end all replicas are the same.
 *
 * <p>The system property {@code quorate.records} names a {@code .jsonl} or {@code .jsonl.gz} file to load in place of generated records, into as many buckets as
 * {@code quorate.buckets} says; {@code quorate.opsPerSecond} the rate; {@code quorate.nodeOptions} what the nodes' virtual machines are told. What was measured is written to {@code target/steady-load-*.txt}; latencies are
 * not judged here.
 */
class SteadyLoadTest {
    private static final int OPS_PER_SECOND = Integer.getInteger("quorate.opsPerSecond", 100);
    private static final int QUIET_SECONDS = Integer.getInteger("quorate.quietSeconds", 3);
    private static final int BUCKETS = Integer.getInteger("quorate.buckets", 1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double MOVED_RATIO_MAX = 1.3;

    @TempDir
    private Path folder;

    private final List<NodeApi> serving = new CopyOnWriteArrayList<>();
    private final RecordLoad load = new RecordLoad(OPS_PER_SECOND, new Random(1), () -> serving);
    private final List<String> report = new ArrayList<>();
    private final Map<String, Double> moved = new LinkedHashMap<>();
    private LocalCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = LocalCluster.start(folder, 3);
        Path file = Records.file(folder);
        Map<String, String> records = Records.read(file);
        for (int i = 1; i <= BUCKETS; i++) {
            String bucket = "bucket-" + i;
            loadInto(bucket, file);
            load.add(bucket, records);
        }
        cluster.awaitInSync();
        cluster.ids().forEach(id -> serving.add(cluster.api(id)));
    }

    private void loadInto(String bucket, Path file) throws Exception {
        Path copy = folder.resolve(bucket + "-" + file.getFileName());
        Files.copy(file, copy);
        try (CommandLineProcess loading = CommandLineProcess.start(
                folder, "load", bucket, copy.toString(), "--endpoint", cluster.endpoint("n1"))) {
            loading.awaitSuccess();
        }
    }

    @AfterEach
    void stop(TestInfo test) throws IOException {
        load.close();
        cluster.close();
        report.add(load.toString());
        report.addAll(load.latencies().lines(QUIET_SECONDS));
        String name = test.getTestMethod().orElseThrow().getName();
        Files.write(Path.of("target", "steady-load-" + name + ".txt"), report);
    }

    @Test
    void threeBecomeFiveBecomeThree() throws Exception {
        Transfers transfers = new Transfers(this::apis);
        load.start();
        serveFor(QUIET_SECONDS);
        for (int i = 0; i < 2; i++) {
            String newcomer = cluster.add();
            load.latencies().mark(newcomer + " joins");
            transfers.look();
            long before = transfers.keys();
            long bytes = transfers.bytes();
            List<Double> shown = follow(newcomer, "joining", transfers);
            cluster.awaitMember(newcomer);
            load.latencies().mark(newcomer + " has joined");
            serving.add(cluster.api(newcomer));
            assertThat(shown).as("progress, as n1 shows").contains(1.0).anyMatch(done -> done < 1);
            reportMoved(newcomer + " joined", transfers, before, bytes, keys(newcomer));
            serveFor(QUIET_SECONDS);
        }
        for (String leaver : List.of("n2", "n3")) {
            long minimum = keys(leaver);
            transfers.look();
            long before = transfers.keys();
            long bytes = transfers.bytes();
            load.latencies().mark(leaver + " leaves");
            assertThat(cluster.api("n1").delete("/cluster/members/" + leaver).status())
                    .isEqualTo(202);
            follow(leaver, "leaving", transfers);
            cluster.awaitGone(leaver, "n1");
            load.latencies().mark(leaver + " has left");
            serving.remove(cluster.api(leaver));
            reportMoved(leaver + " left", transfers, before, bytes, minimum);
            serveFor(QUIET_SECONDS);
            cluster.node(leaver).terminate();
            assertThat(cluster.node(leaver).awaitEnd()).isZero();
            cluster.forget(leaver);
        }
        assertAllIsWell();
    }

    @Test
    void aNodeIsKilledAndComesBack() throws Exception {
        load.start();
        for (String victim : cluster.ids()) {
            serveFor(QUIET_SECONDS);
            load.latencies().mark(victim + " is killed");
            cluster.node(victim).kill();
            serveFor(2 * QUIET_SECONDS);
            load.latencies().mark(victim + " starts");
            cluster.start(victim);
        }
        assertAllIsWell();
    }

    @Test
    void allNodesAreRestartedInTurn() throws Exception {
        load.start();
        for (String id : cluster.ids()) {
            serveFor(QUIET_SECONDS);
            load.latencies().mark(id + " stops");
            cluster.node(id).terminate();
            assertThat(cluster.node(id).awaitEnd()).isZero();
            load.latencies().mark(id + " starts");
            cluster.start(id);
        }
        assertAllIsWell();
    }

    private Map<String, NodeApi> apis() {
        Map<String, NodeApi> apis = new LinkedHashMap<>();
        cluster.ids().forEach(id -> apis.put(id, cluster.api(id)));
        return apis;
    }

    /** Goes on when the load has. */
    private void serveFor(int seconds) {
        int until = load.done() + seconds * OPS_PER_SECOND;
        await("the load goes on").atMost(PATIENCE).until(() -> load.done() >= until);
    }

    /** Watches a change to its end, as n1 shows it; returns which parts of it were shown as done. */
    private List<Double> follow(String member, String state, Transfers transfers) {
        List<Double> shown = new ArrayList<>();
        await(member + " is " + state)
                .atMost(PATIENCE)
                .until(() -> stateOf(member).equals(state));
        await(member + " is " + state + " no more")
                .atMost(PATIENCE)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> {
                    JsonNode change = cluster.api("n1").get("/cluster").json().path("change");
                    if (change.path("partitions_to_copy").asInt() > 0) {
                        shown.add(change.path("partitions_copied").asDouble()
                                / change.path("partitions_to_copy").asInt());
                    }
                    if (!stateOf(member).equals(state)) {
                        return true;
                    }
                    transfers.look();
                    return false;
                });
        return shown;
    }

    private String stateOf(String member) {
        for (JsonNode row : cluster.api("n1").get("/cluster").json().path("members")) {
            if (row.path("id").asText().equals(member)) {
                return row.path("state").asText();
            }
        }
        return "";
    }

    private void reportMoved(String what, Transfers transfers, long keysBefore, long bytesBefore, long minimum) {
        long sent = transfers.keys() - keysBefore;
        moved.put(what, (double) sent / minimum);
        report.add(String.format(
                Locale.ROOT,
                "%s: %d states sent, %.3f of the least (%d keys); %d bytes; so far by pair %s",
                what,
                sent,
                moved.get(what),
                minimum,
                transfers.bytes() - bytesBefore,
                transfers));
    }

    private long keys(String id) {
        return cluster.api(id)
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("quorate_storage_keys "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private void assertAllIsWell() throws InterruptedException {
        serveFor(QUIET_SECONDS);
        load.stop();
        assertThat(load.failures()).isEmpty();
        assertThat(load.stale()).isEmpty();
        // Each pair of nodes compares all trees that both keep.
        cluster.awaitInSync();
        String last = cluster.ids().get(cluster.ids().size() - 1);
        InFlight.forEach(
                load.records(),
                record -> cluster.api(last)
                        .sendAsync("GET", NodeApi.path(record.bucket, record.key) + "?r=2&sloppy=false&timeout=30s", "")
                        .thenAccept(answer -> assertThat(record.complaint(answer, record.acknowledged()))
                                .isEmpty()));
        assertThat(cluster.problems("ERROR")).isEmpty();
        assertThat(moved).allSatisfy((what, ratio) -> assertThat(ratio).as(what).isLessThanOrEqualTo(MOVED_RATIO_MAX));
    }
}
