package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Many clients count at once while nodes are killed, and repeat what nobody acknowledged: the total is exact. */
class CounterTest {
    private static final String PATH = "/kv/counters/visits";
    private static final int CLIENTS = 30;
    private static final int INCREMENTS = 1_000;
    private static final int KILLS = 4;
    private static final int SECONDS_MAX = 240;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final Semaphore acknowledgements = new Semaphore(0);
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
    void everyIncrementCountsOnce(TestReporter reporter) throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(i);
            clients.add(threads.submit(() -> count(random)));
        }
        for (int i = 0; i < KILLS; i++) {
            assertThat(acknowledgements.tryAcquire(INCREMENTS / (KILLS + 2), SECONDS_MAX, TimeUnit.SECONDS))
                    .isTrue();
            String victim = cluster.ids().get(i % 3);
            cluster.node(victim).kill();
            cluster.start(victim);
        }
        for (Future<?> client : clients) {
            client.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
        cluster.ids()
                .forEach(id -> assertThat(cluster.api(id).get(PATH + "?r=3").raw("value"))
                        .as("at " + id)
                        .isEqualTo(Integer.toString(INCREMENTS)));
        reporter.publishEntry(INCREMENTS + " increments", repeated + " of them repeated, " + KILLS + " kills");
    }

    private void count(Random random) {
        for (int number = begun.incrementAndGet(); number <= INCREMENTS; number = begun.incrementAndGet()) {
            String key = "increment-" + number;
            while (!isAcknowledged(key, random)) {
                repeated.incrementAndGet();
            }
            acknowledgements.release();
        }
    }

    private boolean isAcknowledged(String key, Random random) {
        NodeApi any = cluster.api(cluster.ids().get(random.nextInt(3)));
        Optional<Answer> answer = WriteLoad.send(any, "PATCH", PATH, "{\"increment\":1}", "Idempotency-Key", key);
        return answer.isPresent() && answer.get().status() == 200;
    }
}
