package io.quorate.node.storage;

import static io.quorate.node.storage.TestShard.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash tears the last segment at any byte; what is left is a whole number of batches. */
class TornTailTest {
    private static final int BATCHES = 6;
    private static final int BYTES_OF_LAST_BATCHES = 260;
    private static final int BYTES_OF_MARKS_AND_SOME = 100;
    private static final int BYTES_OF_ZEROS_LEAST = 200_000;

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void writeBatches() throws IOException {
        Path live = root.resolve("live");
        try (Store store = Store.open(TestFolder.settings(live))) {
            TestShard shard = new TestShard(store);
            for (int i = 1; i <= BATCHES; i++) {
                shard.apply(put("a", "v" + i), put("b", "v" + i), put("c", "v" + i));
            }
        }
        folder = live;
    }

    @Test
    void keepsWholeBatchesOnly() throws IOException {
        byte[] whole = Files.readAllBytes(segment(folder));
        int last = BATCHES + 1;
        for (int size = whole.length; size > whole.length - BYTES_OF_LAST_BATCHES; size--) {
            int seen = batchSeenAfter(Arrays.copyOf(whole, size));
            assertThat(seen).as("cut at " + size).isLessThanOrEqualTo(last);
            last = seen;
        }
        assertThat(last).as("the cuts reached into the batch before the last").isLessThan(BATCHES);
    }

    @Test
    void takesTheUnwrittenEndOfAFileForTorn() throws IOException {
        byte[] whole = Files.readAllBytes(segment(folder));
        for (int cut = whole.length - BYTES_OF_LAST_BATCHES; cut < whole.length; cut += 9) {
            byte[] zeroed = Arrays.copyOf(Arrays.copyOf(whole, cut), whole.length + 4096);
            assertThat(batchSeenAfter(zeroed)).isBetween(BATCHES - 3, BATCHES);
        }
    }

    @Test
    void cutsOffTheZerosThatAreWrittenAhead() throws IOException {
        Path live = root.resolve("ahead");
        Path crashed = root.resolve("crashed");
        try (Store store = Store.open(TestFolder.settings(live))) {
            new TestShard(store).apply(put("a", "v1"));
            TestFolder.crash(live, crashed);
            assertThat(Files.size(segment(crashed)))
                    .isGreaterThan(store.status().diskBytes() + BYTES_OF_ZEROS_LEAST);
        }
        assertThat(Files.size(segment(live))).as("after a clean stop").isLessThan(BYTES_OF_LAST_BATCHES);
        try (Store store = Store.open(TestFolder.settings(crashed))) {
            assertThat(new TestShard(store).text("a")).isEqualTo("v1");
            assertThat(Files.size(segment(crashed))).as("after a crash").isLessThan(BYTES_OF_LAST_BATCHES);
        }
    }

    @Test
    void writesNoZerosBehindAFullSegment() throws IOException {
        Path full = root.resolve("full");
        String value = "v".repeat(300_000);
        try (Store store = Store.open(TestFolder.settings(full))) {
            TestShard shard = new TestShard(store);
            for (int i = 0; i < 8; i++) {
                shard.apply(put("k" + i, value));
            }
            assertThat(TestFolder.list(full, ".records")).hasSizeGreaterThan(1);
            assertThat(Files.size(segment(full))).isLessThan(6 * 300_100);
        }
    }

    @Test
    void writesOnBehindTheCut() throws IOException {
        byte[] whole = Files.readAllBytes(segment(folder));
        Files.write(segment(folder), Arrays.copyOf(whole, whole.length - BYTES_OF_MARKS_AND_SOME));
        try (Store store = Store.open(TestFolder.settings(folder))) {
            new TestShard(store).apply(put("a", "after"));
        }
        try (Store store = Store.open(TestFolder.settings(folder))) {
            TestShard shard = new TestShard(store);
            assertThat(shard.text("a")).isEqualTo("after");
            assertThat(shard.text("b")).isEqualTo("v" + (BATCHES - 1));
        }
    }

    /** Starts on a copy whose segment holds these bytes, and says which batch its keys come from. */
    private int batchSeenAfter(byte[] bytes) throws IOException {
        Path copy = TestFolder.copy(folder, root.resolve("copy"));
        Files.write(segment(copy), bytes);
        try (Store store = Store.open(TestFolder.settings(copy))) {
            TestShard shard = new TestShard(store);
            List<String> values = List.of(shard.text("a"), shard.text("b"), shard.text("c"));
            assertThat(values).as("all of a batch or nothing").containsOnly(values.get(0));
            assertThat(store.status().quarantined()).isZero();
            return Integer.parseInt(values.get(0).substring(1));
        } finally {
            TestFolder.delete(copy);
        }
    }

    private static Path segment(Path folder) throws IOException {
        return TestFolder.list(folder, ".records").get(0);
    }
}
