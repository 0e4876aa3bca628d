package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions and answers under one tag, while nodes are killed and readers look at every node: never an answer without its question. */
class GroupTest {
    private static final String THREAD = "/kv/forum?tag=thread";
    private static final int QUESTIONS = 60;
    private static final int KILLS = 3;
    private static final int SECONDS_MAX = 240;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicBoolean asking = new AtomicBoolean(true);
    private final AtomicInteger answersSeen = new AtomicInteger();
    private LocalCluster cluster;

    @BeforeEach
    void start() {
        cluster = LocalCluster.start(folder, 3);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        cluster.close();
    }

    @Test
    void noReaderSeesAnAnswerWithoutItsQuestion() throws Exception {
        Future<?> forum = threads.submit(this::askAndAnswer);
        List<Future<?>> readers = new ArrayList<>();
        for (String id : cluster.ids()) {
            readers.add(threads.submit(() -> readUntilDone(id)));
        }
        for (int i = 0; i < KILLS; i++) {
            String victim = cluster.ids().get(i % 3);
            cluster.node(victim).kill();
            cluster.start(victim);
        }
        forum.get(SECONDS_MAX, TimeUnit.SECONDS);
        asking.set(false);
        for (Future<?> reader : readers) {
            reader.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
        assertThat(answersSeen.get()).isGreaterThan(QUESTIONS);
        Answer all = cluster.api("n1").get(THREAD + "&r=3&timeout=10s");
        assertThat(keys(all)).hasSize(3 * QUESTIONS);
    }

    @Test
    void writesTogetherAreSeenTogetherAndOnce() {
        String body = "{\"entries\":[{\"key\":\"{o7}/total\",\"value\":2.50},{\"key\":\"{o7}/line\",\"value\":[ 1]}]}";
        Answer first = cluster.api("n1").send("POST", "/kv/orders?w=3", body, "Idempotency-Key", "o7");
        Answer again = cluster.api("n3").send("POST", "/kv/orders?w=3", body, "Idempotency-Key", "o7");

        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(again.json().get("entries").get(0).get("version"))
                .isEqualTo(first.json().get("entries").get(0).get("version"));
        for (String id : cluster.ids()) {
            Answer read = cluster.api(id).get("/kv/orders?tag=o7");
            assertThat(keys(read)).containsExactly("{o7}/line", "{o7}/total");
            assertThat(read.text()).contains("\"value\":[ 1]").contains("\"value\":2.50");
            assertThat(cluster.api(id).get("/kv/orders/%7Bo7%7D%2Ftotal").raw("value"))
                    .isEqualTo("2.50");
        }
    }

    /** Each question through one node and, once it is acknowledged, its answer and the thanks for it through others. */
    private void askAndAnswer() {
        Random random = new Random(7);
        for (int i = 0; i < QUESTIONS; i++) {
            repeat(random, "PUT", "/kv/forum/%7Bthread%7Dq" + i, "\"why?\"", "q" + i);
            String both = "{\"entries\":[{\"key\":\"{thread}a" + i + "\",\"value\":1},{\"key\":\"{thread}t" + i
                    + "\",\"value\":2}]}";
            repeat(random, "POST", "/kv/forum", both, "a" + i);
        }
    }

    private void repeat(Random random, String method, String path, String body, String name) {
        boolean acknowledged = false;
        while (!acknowledged) {
            NodeApi any = cluster.api(cluster.ids().get(random.nextInt(3)));
            Optional<Answer> answer = WriteLoad.send(any, method, path, body, "Idempotency-Key", name);
            acknowledged = answer.isPresent() && answer.get().status() == 200;
        }
    }

    private void readUntilDone(String id) {
        while (asking.get()) {
            WriteLoad.send(cluster.api(id), "GET", THREAD, "")
                    .filter(answer -> answer.status() == 200)
                    .ifPresent(this::check);
        }
    }

    private void check(Answer answer) {
        Set<String> keys = keys(answer);
        for (String key : keys) {
            if (key.startsWith("{thread}a")) {
                answersSeen.incrementAndGet();
                String question = key.replace("}a", "}q");
                assertThat(keys).as("with " + key).contains(question);
            }
        }
    }

    private static Set<String> keys(Answer answer) {
        Set<String> keys = new TreeSet<>();
        for (JsonNode entry : answer.json().get("entries")) {
            keys.add(entry.get("key").asText());
        }
        return keys;
    }
}
