package io.quorate.node.storage;

import static io.quorate.node.storage.TestShard.put;
import static io.quorate.node.storage.TestShard.remove;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.Storage.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    @TempDir
    private Path folder;

    private final Random random = new Random(1);

    @Test
    void boundsTheDiskUnderOverwrites() throws IOException {
        NavigableMap<String, String> model = new TreeMap<>();
        try (Store store = Store.open(small())) {
            TestShard shard = new TestShard(store);
            for (int i = 0; i < 1_000; i++) {
                overwrite(shard, model, 30, 1_000);
            }
            assertThat(store.status().compaction().segments()).isPositive();
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> {
                StoreStatus status = store.status();
                return status.diskBytes() < 1.6 * status.liveBytes();
            });
            assertHolds(shard, model);
        }
        try (Store again = Store.open(small())) {
            assertHolds(new TestShard(again), model);
            assertThat(again.status().quarantined()).isZero();
        }
    }

    @Test
    void goesFurtherAtRestThanUnderLoad() throws IOException {
        try (Store store = Store.open(small())) {
            TestShard shard = new TestShard(store);
            // Every third key twice, which is too little to be worth compacting while segments fill up.
            for (int i = 0; i < 1_300; i++) {
                shard.apply(put("k" + (i < 1_000 ? i : 3 * (i - 1_000)), "x".repeat(1_000)));
            }
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> {
                StoreStatus status = store.status();
                return status.diskBytes() < 1.28 * status.liveBytes();
            });
        }
    }

    @Test
    void bringsNothingRemovedBack() throws IOException {
        NavigableMap<String, String> model = new TreeMap<>();
        Path crashed = folder.resolve("crashed");
        try (Store store = Store.open(small())) {
            TestShard shard = new TestShard(store);
            for (int round = 0; round < 20; round++) {
                overwrite(shard, model, 200, 2_000);
                removeSome(shard, model);
            }
            TestFolder.crash(small().folder(), crashed);
            assertHolds(shard, model);
        }
        try (Store again = Store.open(TestFolder.settings(crashed))) {
            assertHolds(new TestShard(again), model);
        }
    }

    @Test
    void givesBackTheRoomOfEverythingRemoved() throws IOException {
        try (Store store = Store.open(small())) {
            TestShard shard = new TestShard(store);
            for (int i = 0; i < 1_000; i++) {
                shard.apply(put("k" + i, "x".repeat(500)));
            }
            for (int i = 0; i < 1_000; i++) {
                shard.apply(remove("k" + i));
            }
            // The last removals stay in the segment that is being written.
            Awaitility.await().until(() -> store.status().diskBytes() < 150_000);
            assertThat(store.status().liveBytes()).isZero();
        }
        try (Store again = Store.open(small())) {
            assertThat(again.status().keys()).isZero();
        }
    }

    private StoreSettings small() {
        return TestFolder.settings(folder.resolve("store"))
                .withSegmentBytesMax(60_000)
                .withCacheBytesMax(0);
    }

    private void overwrite(TestShard shard, NavigableMap<String, String> model, int count, int keys) {
        List<Change> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = "k" + random.nextInt(keys);
            String value = random.nextInt() + "x".repeat(random.nextInt(400));
            batch.add(put(key, value));
            model.put(key, value);
        }
        shard.apply(batch.toArray(new Change[0]));
    }

    private void removeSome(TestShard shard, NavigableMap<String, String> model) {
        for (String key : List.copyOf(model.keySet())) {
            if (random.nextInt(3) == 0) {
                shard.apply(remove(key));
                model.remove(key);
            }
        }
    }

    private static void assertHolds(TestShard shard, NavigableMap<String, String> model) {
        assertThat(shard.keys("k", "l", Integer.MAX_VALUE)).containsExactlyElementsOf(model.keySet());
        model.forEach((key, value) -> assertThat(shard.text(key)).isEqualTo(value));
    }
}
