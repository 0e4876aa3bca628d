package io.quorate.node.storage;

import static io.quorate.node.storage.TestShard.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.Storage.Outcome;
import io.quorate.node.storage.segment.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However fast keys are overwritten, the disk holds no more than so many times what is live. */
class BackpressureTest {
    private static final int KEYS = 1_000;
    private static final int VALUE_BYTES = 500;
    private static final int SEGMENT_BYTES = 60_000;
    /** What the writer may have filled when it stops, by live byte. */
    private static final double STOPPING = 1.65;
    /** One granted, two open, one being compacted, and a group. */
    private static final int SEGMENTS_BESIDE = 5;
    /** Key files have about 40 bytes for each record of 540. */
    private static final double WITH_KEY_FILES = 1.08;

    private final Random random = new Random(1);
    private final List<Outcome> outcomes = new ArrayList<>();

    @TempDir
    private Path folder;

    private StoreSettings settings;

    @BeforeEach
    void chooseSmallSegments() {
        settings =
                TestFolder.settings(folder).withSegmentBytesMax(SEGMENT_BYTES).withCacheBytesMax(0);
    }

    @Test
    void keepsTheBoundAtEveryGroupOfALongRun() throws IOException {
        try (Store store = Store.open(settings, new RealDisk())) {
            TestShard shard = fill(store);
            for (int sent = 0; sent < 40_000; sent++) {
                int limit = sent - 512;
                shard.loop.runUntil(() -> outcomes.size() > limit);
                overwrite(store, shard);
            }
            shard.loop.runUntil(() -> outcomes.size() == 40_000);
            assertThat(outcomes).containsOnly(Outcome.DURABLE);
        }
    }

    @Test
    void stopsTheWriterWhileCompactionGetsNowhere() throws IOException {
        GatedDisk disk = new GatedDisk();
        try (Store store = Store.open(settings, disk)) {
            TestShard shard = fill(store);
            for (int i = 0; i < 10_000; i++) {
                overwrite(store, shard);
            }
            Awaitility.await().pollInSameThread().until(() -> {
                shard.loop.runWhatWaits();
                return store.status().compaction().isWaitedFor() || outcomes.size() == 10_000;
            });
            assertThat(outcomes).hasSizeLessThan(10_000);
            assertBounded(store);

            disk.openGate();
            shard.loop.runUntil(() -> outcomes.size() == 10_000);
            assertThat(outcomes).containsOnly(Outcome.DURABLE);
        } finally {
            disk.openGate();
        }
    }

    @Test
    void doesNotHoldUpTheLastWritesOfAStoreThatCloses() throws IOException {
        GatedDisk disk = new GatedDisk();
        Store store = Store.open(settings, disk);
        TestShard shard = fill(store);
        for (int i = 0; i < 10_000; i++) {
            shard.storage.apply(List.of(put("k" + random.nextInt(KEYS), value())), outcomes::add);
        }
        Awaitility.await().until(() -> store.status().compaction().isWaitedFor());
        disk.openGate();
        store.close();
        shard.loop.runUntil(() -> outcomes.size() == 10_000);
        assertThat(outcomes).containsOnly(Outcome.DURABLE);
    }

    private TestShard fill(Store store) {
        TestShard shard = new TestShard(store);
        for (int i = 0; i < KEYS; i++) {
            shard.storage.apply(List.of(put("k" + i, value())), outcomes::add);
        }
        shard.loop.runUntil(() -> outcomes.size() == KEYS);
        outcomes.clear();
        return shard;
    }

    private void overwrite(Store store, TestShard shard) {
        shard.storage.apply(List.of(put("k" + random.nextInt(KEYS), value())), outcome -> {
            outcomes.add(outcome);
            assertBounded(store);
        });
    }

    private static void assertBounded(Store store) {
        long live = (long) KEYS * (VALUE_BYTES + 40);
        assertThat(store.status().diskBytes())
                .isLessThan((long) (WITH_KEY_FILES * (STOPPING * live + SEGMENTS_BESIDE * SEGMENT_BYTES)));
    }

    private byte[] value() {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        return value;
    }
}
