package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads a data set while a node dies, and reads all of it back from each node, value for value, also after all were killed.
 *
 * <p>The system property {@code quorate.records} names a {@code .jsonl} or {@code .jsonl.gz} file to use in place of generated records.
 */
class RealDataTest {
    private static final String BUCKET = "records";

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
    void aNodeThatDiesDuringALoadCostsNoRecord(TestReporter reporter) throws Exception {
        // In the test's folder, because a load keeps its progress beside the file.
        Path file = Records.file(folder);
        Map<String, String> records = Records.read(file);

        loadWhileN2IsKilled(file, records);
        cluster.start("n2");
        assertReadBackFromEachNode(records);
        cluster.killAll();
        cluster.startAll();
        assertReadBackFromEachNode(records);

        assertThat(dump()).isEqualTo(records);
        assertThat(cluster.problems("ERROR")).isEmpty();
        reporter.publishEntry("records", records.size() + " loaded, and read twice from each of three nodes");
    }

    private void loadWhileN2IsKilled(Path file, Map<String, String> records) throws IOException, InterruptedException {
        String endpoints =
                String.join(",", cluster.ids().stream().map(cluster::endpoint).toList());
        try (CommandLineProcess load = CommandLineProcess.start(
                folder, "load", BUCKET, file.toString(), "--w", "2", "--n", "3", "--endpoint", endpoints)) {
            String oneThirdIn = List.copyOf(records.keySet()).get(records.size() / 3);
            await("the load is in its midst")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> cluster.api("n1")
                                    .get(NodeApi.path(BUCKET, oneThirdIn))
                                    .status()
                            == 200);
            cluster.node("n2").kill();
            assertThat(load.isRunning()).as("there was more to load").isTrue();
            load.awaitSuccess();
            assertThat(load.out()).hasContent(records.size() + " stored, 0 failed");
        }
    }

    private void assertReadBackFromEachNode(Map<String, String> records) {
        for (String id : cluster.ids()) {
            InFlight.forEach(
                    records.entrySet(),
                    record -> cluster.api(id)
                            .sendAsync(
                                    "GET", NodeApi.path(BUCKET, record.getKey()) + "?r=2&sloppy=false&timeout=30s", "")
                            .thenAccept(answer -> assertSame(id, record, answer)));
        }
    }

    private static void assertSame(String id, Entry<String, String> record, Answer answer) {
        assertThat(answer.status()).as(record.getKey() + " from " + id).isEqualTo(200);
        assertThat(answer.json().path("key").asText()).isEqualTo(record.getKey());
        assertThat(answer.raw("value")).isEqualTo(record.getValue());
    }

    private Map<String, String> dump() throws IOException, InterruptedException {
        try (CommandLineProcess dump =
                CommandLineProcess.start(folder, "dump", BUCKET, "--r", "2", "--endpoint", cluster.endpoint("n3"))) {
            dump.awaitSuccess();
            return Records.read(dump.out());
        }
    }
}
