package io.quorate.node.storage;

import static io.quorate.node.storage.TestShard.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.Storage.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage is found though no client reads. */
class ScrubTest {
    private static final long FAST = 1L << 40;

    private final List<Entry> heard = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void findsWhatHasRottenAndTellsEveryShard() throws IOException {
        try (Store store = Store.open(settings())) {
            TestShard shard = filled(store);
            TestShard other = new TestShard(store);
            List<Entry> heardByOther = new ArrayList<>();
            other.storage.onDamage(heardByOther::add);
            Entry listed = shard.range("k5", "k6", 1).get(0);
            TestFolder.flip(segment(), positionOf("value of k5"));
            shard.loop.runUntil(() -> !heard.isEmpty());
            other.loop.runUntil(() -> !heardByOther.isEmpty());

            assertThat(heard).containsExactly(listed);
            assertThat(heardByOther).containsExactly(listed);
            // The shards are told before the scrubber's own count.
            Awaitility.await().until(() -> store.status().scrub().damaged() == 1);
            assertThat(store.status().quarantined()).isEqualTo(1);
            assertThat(shard.keys("k", "l", 99)).hasSize(9).doesNotContain("k5");
            assertThat(shard.text("k5")).isEqualTo("damaged");
        }
    }

    @Test
    void findsARecordOfWhichNothingIsLeft() throws IOException {
        try (Store store = Store.open(settings())) {
            TestShard shard = filled(store);
            int value = positionOf("value of k5");
            for (int offset = value - 38; offset < value + 5; offset++) {
                TestFolder.flip(segment(), offset);
            }
            shard.loop.runUntil(() -> !heard.isEmpty());

            assertThat(heard).extracting(entry -> entry.key().toUtf8()).containsExactly("k5");
        }
    }

    /** So slow that its first rest outlasts the test. */
    @Test
    void tellsBeforeItRests() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder))) {
            filled(store);
        }
        Store sealing = Store.open(TestFolder.settings(folder));
        // The next start goes by its key file and does not read the segment.
        Awaitility.await().until(() -> !TestFolder.list(folder, ".keys").isEmpty());
        sealing.close();
        int value = positionOf("value of k5");
        for (int offset = value - 38; offset < value + 5; offset++) {
            TestFolder.flip(segment(), offset);
        }
        try (Store store = Store.open(TestFolder.settings(folder).withScrubBytesPerSecond(1_024))) {
            Awaitility.await().until(() -> store.status().scrub().damaged() == 1);
        }
    }

    @Test
    void keepsCountAndDisturbsNoCachedValue() throws IOException {
        try (Store store = Store.open(settings())) {
            filled(store);
            long cached = store.status().cache().bytes();
            Awaitility.await().until(() -> store.status().scrub().passes() >= 3);

            assertThat(store.status().scrub().bytes())
                    .isGreaterThanOrEqualTo(2 * (store.status().diskBytes() - 200));
            assertThat(store.status().scrub().damaged()).isZero();
            assertThat(store.status().cache().bytes()).isEqualTo(cached).isPositive();
        }
    }

    /** So slow that there is no second pass. */
    @Test
    void goesOnWhereItStopped() throws IOException {
        StoreSettings slow = TestFolder.settings(folder).withScrubBytesPerSecond(1_024);
        try (Store store = Store.open(settings().withScrubBytesPerSecond(0))) {
            filled(store);
        }
        Files.writeString(folder.resolve("scrub"), "1");
        try (Store store = Store.open(slow)) {
            Awaitility.await().until(() -> store.status().scrub().passes() == 1);
            assertThat(store.status().scrub().bytes()).isZero();
        }
        try (Store store = Store.open(slow)) {
            Awaitility.await().until(() -> store.status().scrub().bytes() > 0);
        }
    }

    private StoreSettings settings() {
        return TestFolder.settings(folder).withScrubBytesPerSecond(FAST);
    }

    private TestShard filled(Store store) {
        TestShard shard = new TestShard(store);
        shard.storage.onDamage(heard::add);
        for (int i = 0; i < 10; i++) {
            shard.apply(put("k" + i, "value of k" + i));
        }
        shard.apply(put("z", "settles"));
        return shard;
    }

    private Path segment() throws IOException {
        return TestFolder.list(folder, ".records").get(0);
    }

    private int positionOf(String text) throws IOException {
        return new String(Files.readAllBytes(segment()), StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
