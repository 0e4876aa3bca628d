package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node missed while it was dead comes to it without a single read, and what was deleted stays so. */
class ConvergenceTest {
    private static final List<String> KEYS =
            IntStream.range(0, 2_000).mapToObj(i -> "key-" + i).toList();
    private static final List<String> DELETED = KEYS.subList(0, 500);
    private static final List<String> KEPT = KEYS.subList(500, KEYS.size());
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Looking at all keys is a load that repair gives way to. */
    private static final Duration POLL = Duration.ofSeconds(2);

    @Test
    void whatIsOwedIsDeliveredAndSyncTellsWhen(@TempDir Path folder) {
        try (LocalCluster cluster = LocalCluster.start(folder, 3, "antientropy.intervalMillis=0")) {
            writeAndDeleteWithoutN2(cluster);
            Answer owing = cluster.api("n1").send("POST", "/cluster/sync?timeout=100ms", "");
            assertThat(owing.status()).isEqualTo(504);
            assertThat(owing.code()).isEqualTo("not_synced");
            assertThat(owing.error().path("silent").path(0).asText()).isEqualTo("n2");

            cluster.start("n2");
            Answer synced = cluster.api("n3").send("POST", "/cluster/sync?timeout=60s", "");

            assertThat(synced.status()).as(synced.toString()).isEqualTo(200);
            assertThat(states(cluster, KEPT)).containsOnly("value value value true");
            assertThat(states(cluster, DELETED)).containsOnly("tombstone tombstone tombstone true");
        }
    }

    @Test
    void antiEntropyAloneFindsWhatDiffers(@TempDir Path folder) {
        try (LocalCluster cluster =
                LocalCluster.start(folder, 3, "handoff.enabled=false", "antientropy.intervalMillis=1000")) {
            writeAndDeleteWithoutN2(cluster);

            cluster.start("n2");

            cluster.awaitInSync();
            assertThat(states(cluster, KEPT)).containsOnly("value value value true");
            assertThat(states(cluster, DELETED)).containsOnly("tombstone tombstone tombstone true");
        }
    }

    @Test
    void tombstonesGoOnceAllHaveThemAndNothingComesBack(@TempDir Path folder) {
        try (LocalCluster cluster =
                LocalCluster.start(folder, 3, "tombstones.ageMillis=5000", "tombstones.intervalMillis=500")) {
            writeAndDeleteWithoutN2(cluster);
            await().atMost(PATIENCE)
                    .pollInterval(POLL)
                    .untilAsserted(() -> assertThat(blockers(cluster)).contains("n2 cannot be reached"));

            cluster.start("n2");

            await().atMost(PATIENCE)
                    .pollInterval(POLL)
                    .untilAsserted(
                            () -> assertThat(states(cluster, DELETED)).containsOnly("absent absent absent true"));
            assertThat(states(cluster, KEPT)).containsOnly("value value value true");

            cluster.killAll();
            cluster.startAll();
            assertThat(states(cluster, DELETED)).containsOnly("absent absent absent true");
        }
    }

    /** Every key is on all three before n2 dies; then all are overwritten, and some deleted. */
    private static void writeAndDeleteWithoutN2(LocalCluster cluster) {
        KeyLoad load = new KeyLoad(cluster);
        load.put(KEYS, "1", "&w=3");
        cluster.kill("n2");
        load.put(KEYS, "2", "");
        load.delete(DELETED, "");
    }

    /** What keeps a tombstone that n1 or n3 would remove. */
    private static List<String> blockers(LocalCluster cluster) {
        JsonNode seen = DELETED.stream()
                .map(key -> cluster.api("n1").get(NodeApi.inspectPath("b", key)).json())
                .filter(key -> !key.path("preference").path(0).asText().equals("n2"))
                .findFirst()
                .orElseThrow();
        List<String> reasons = new ArrayList<>();
        seen.path("tombstone_blocked_by").forEach(reason -> reasons.add(reason.asText()));
        return reasons;
    }

    private static List<String> states(LocalCluster cluster, List<String> keys) {
        return new KeyLoad(cluster).states(keys);
    }
}
