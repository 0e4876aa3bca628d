package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills nodes in the midst of writes, again and again, and looks whether every acknowledged write is there.
 *
 * <p>The system properties {@code quorate.kills} and {@code quorate.seed} ask for more of it, or for other victims and moments.
 */
class NodeKillTest {
    private static final int KILLS = Integer.getInteger("quorate.kills", 30);
    private static final long SEED = Long.getLong("quorate.seed", 1L);
    private static final int MOMENTS = 200;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final WriteLoad load = new WriteLoad(random);
    private final WriteAudit audit = new WriteAudit(load.history());
    private LocalCluster cluster;

    @BeforeEach
    void start() {
        cluster = LocalCluster.start(folder, 3);
    }

    @AfterEach
    void stop() {
        load.close();
        cluster.close();
    }

    @Test
    void aKilledNodeLosesNothingThatWasAcknowledged(TestReporter reporter) throws Exception {
        for (int i = 0; i < KILLS; i++) {
            String victim = cluster.ids().get(random.nextInt(3));
            load.start(othersThan(victim));
            load.awaitAcknowledged(1 + random.nextInt(MOMENTS));
            cluster.node(victim).kill();
            load.awaitAcknowledged(MOMENTS / 4);
            // Now and then it comes back into the midst of the writes; always would make it mostly a test of their
            // number.
            if (i % 5 != 0) {
                load.stop();
            }
            cluster.start(victim);
            load.stop();
            audit.checkNewKeys(cluster.api(victim));
        }
        finish(KILLS + " kills of one node", reporter);
    }

    @Test
    void allKilledAtOnceLoseNothingThatWasAcknowledged(TestReporter reporter) throws Exception {
        int kills = Math.max(1, KILLS / 6);
        for (int i = 0; i < kills; i++) {
            load.start(cluster.ids().stream().map(cluster::api).toList());
            load.awaitAcknowledged(1 + random.nextInt(MOMENTS));
            cluster.killAll();
            load.stop();
            cluster.startAll();
            audit.checkNewKeys(cluster.api(cluster.ids().get(i % 3)));
        }
        finish(kills + " kills of all nodes", reporter);
    }

    private void finish(String what, TestReporter reporter) {
        cluster.ids().forEach(id -> audit.checkAll(cluster.api(id)));
        assertThat(cluster.problems("ERROR")).isEmpty();
        WriteHistory history = load.history();
        reporter.publishEntry(
                what,
                history.acknowledgements() + " acknowledged of " + history.attempts() + " writes of "
                        + history.keys().size() + " keys, all found from each node; seed " + SEED);
    }

    private List<NodeApi> othersThan(String victim) {
        return cluster.ids().stream()
                .filter(id -> !id.equals(victim))
                .map(cluster::api)
                .toList();
    }
}
