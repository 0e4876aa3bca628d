package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real networks that fall apart: a side serves strictly the keys of which it has a quorum of replicas, and all keys sloppily. Once healed,
 * all replicas become the same and nothing that any side acknowledged is lost.
 */
class PartitionTest {
    private static final int KEYS = 30;
    private static final int SOME = 200;
    private static final int QUORUM = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final WriteLoad load = new WriteLoad(new Random(1));
    private final List<String> keys =
            IntStream.range(0, KEYS).mapToObj(i -> "cut-" + i).toList();
    private Namespaces network;
    private LocalCluster cluster;

    @AfterEach
    void stop() {
        load.close();
        if (cluster != null) {
            cluster.close();
        }
        network.close();
    }

    @Test
    void twoAndOne(TestReporter reporter) throws Exception {
        start(Namespaces.of(3));
        List<List<String>> sides = List.of(List.of("n1", "n2"), List.of("n3"));
        play(sides, () -> network.separate(sides), reporter);
    }

    @Test
    void twoAndTwoAndOne(TestReporter reporter) throws Exception {
        start(Namespaces.of(5));
        List<List<String>> sides = List.of(List.of("n1", "n2"), List.of("n3", "n4"), List.of("n5"));
        play(sides, () -> network.separate(sides), reporter);
    }

    @Test
    void oneThatOthersDoNotHear(TestReporter reporter) throws Exception {
        start(Namespaces.of(3));
        List<List<String>> sides = List.of(List.of("n1", "n2"), List.of("n3"));
        play(sides, () -> network.cutOneWay(sides.get(1), sides.get(0)), reporter);
    }

    @Test
    void oneThatDoesNotHearOthers(TestReporter reporter) throws Exception {
        start(Namespaces.of(3));
        List<List<String>> sides = List.of(List.of("n1", "n2"), List.of("n3"));
        play(sides, () -> network.cutOneWay(sides.get(0), sides.get(1)), reporter);
    }

    /** Each zone has a replica of every key, and so a local quorum. */
    @Test
    void zonesThatAreCutOffAreBothServed(TestReporter reporter) {
        Map<String, String> zones = new LinkedHashMap<>();
        List.of("n1", "n2").forEach(id -> zones.put(id, "east"));
        List.of("n3", "n4").forEach(id -> zones.put(id, "west"));
        start(Namespaces.of(zones));
        network.separate(List.of(List.of("n1", "n2"), List.of("n3", "n4")));
        for (String id : cluster.ids()) {
            InFlight.forEach(
                    keys,
                    key -> put(id, key, "-local", "w=local_quorum&sloppy=false&timeout=10s")
                            .thenCompose(status -> {
                                assertThat(status)
                                        .as(id + " of " + zones.get(id))
                                        .isEqualTo(200);
                                return get(id, key, "r=local_quorum&sloppy=false&timeout=10s");
                            })
                            .thenAccept(read ->
                                    assertThat(WritingClient.values(read)).contains(value(id, key, "-local"))));
        }
        network.heal();
        settle(reporter);
    }

    private void start(Namespaces made) {
        network = made;
        cluster = LocalCluster.start(made, folder, made.size(), "antientropy.intervalMillis=1000");
    }

    /** The first side is kept busy all along. */
    private void play(List<List<String>> sides, Runnable cut, TestReporter reporter) throws Exception {
        Map<String, List<String>> replicas = new LinkedHashMap<>();
        keys.forEach(key -> replicas.put(key, replicas(key)));
        load.start(sides.get(0).stream().map(cluster::api).toList());
        load.awaitAcknowledged(SOME);
        cut.run();
        for (List<String> side : sides) {
            InFlight.forEach(keys, key -> serve(side, key, replicas.get(key)));
        }
        load.awaitAcknowledged(SOME);
        network.heal();
        load.awaitAcknowledged(SOME);
        load.stop();
        settle(reporter);
        assertThat(load.history().stale()).isEmpty();
    }

    private CompletableFuture<?> serve(List<String> side, String key, List<String> replicas) {
        String id = side.get(0);
        boolean quorum = replicas.stream().filter(side::contains).count() >= QUORUM;
        String strict = "sloppy=false&timeout=" + (quorum ? "10s" : "1s");
        String sloppy = "sloppy=true&timeout=10s&";
        int some = Math.min(QUORUM, side.size());
        return put(id, key, "-strict", "w=2&" + strict)
                .thenCompose(status -> {
                    assertThat(status)
                            .as("a strict write of " + key + " by " + side)
                            .isEqualTo(quorum ? 200 : 503);
                    return get(id, key, "r=2&" + strict);
                })
                .thenCompose(read -> {
                    assertShows(read, quorum, value(id, key, "-strict"));
                    return put(id, key, "-sloppy", sloppy + "w=" + some);
                })
                .thenCompose(status -> {
                    assertThat(status)
                            .as("a sloppy write of " + key + " by " + side)
                            .isEqualTo(200);
                    return get(id, key, sloppy + "r=" + some);
                })
                .thenAccept(read -> assertShows(read, true, value(id, key, "-sloppy")));
    }

    private static void assertShows(Answer read, boolean served, String value) {
        if (served) {
            assertThat(WritingClient.values(read)).as(read.toString()).contains(value);
        } else {
            assertThat(read.status()).as(read.toString()).isEqualTo(503);
        }
    }

    /** A blind write: nothing that another one wrote is replaced by it. */
    private CompletableFuture<Integer> put(String id, String key, String kind, String terms) {
        String value = value(id, key, kind);
        WriteHistory history = load.history();
        history.attempted(key, value, Set.of());
        return cluster.api(id)
                .sendAsync("PUT", NodeApi.path(WritingClient.BUCKET, key) + "?" + terms, "\"" + value + "\"")
                .thenApply(answer -> {
                    if (answer.status() == 200) {
                        history.acknowledged(key, value, answer);
                    }
                    return answer.status();
                });
    }

    private CompletableFuture<Answer> get(String id, String key, String terms) {
        return cluster.api(id).sendAsync("GET", NodeApi.path(WritingClient.BUCKET, key) + "?" + terms, "");
    }

    private static String value(String id, String key, String kind) {
        return id + "-" + key + kind;
    }

    private List<String> replicas(String key) {
        List<String> replicas = new ArrayList<>();
        cluster.api("n1")
                .get(NodeApi.inspectPath(WritingClient.BUCKET, key))
                .json()
                .path("preference")
                .forEach(node -> replicas.add(node.asText()));
        return replicas.subList(0, 3);
    }

    private void settle(TestReporter reporter) {
        cluster.startAll();
        cluster.awaitInSync();
        await("replicas are the same everywhere").atMost(PATIENCE).until(this::isAgreed);
        WriteAudit audit = new WriteAudit(load.history());
        cluster.ids().forEach(id -> audit.checkAll(cluster.api(id)));
        assertThat(cluster.problems("ERROR")).isEmpty();
        reporter.publishEntry(load.history().acknowledgements() + " acknowledged of "
                + load.history().attempts() + " writes on all sides, all found from each node");
    }

    private boolean isAgreed() {
        return InFlight.map(
                        load.history().keys(),
                        key -> cluster.api("n1").sendAsync("GET", NodeApi.inspectPath(WritingClient.BUCKET, key), ""))
                .stream()
                .allMatch(answer -> answer.json().path("agree").asBoolean());
    }
}
