package io.quorate.node.storage;

import static io.quorate.node.storage.TestShard.put;
import static io.quorate.node.storage.TestShard.remove;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bits rot anywhere: no wrong value is ever served, and what is not hit survives. */
class DamageTest {
    private static final int KEYS = 8;

    @TempDir
    private Path root;

    @Test
    void servesNoWrongValueWhateverByteIsHitBeforeTheSegmentIsSealed() throws IOException {
        Path folder = written();
        long size = Files.size(TestFolder.list(folder, ".records").get(0));
        for (int offset = 0; offset < size; offset += 13) {
            List<String> odd = oddKeysAfterFlip(folder, ".records", offset);
            assertThat(odd).as("flip at " + offset).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void reportsEveryHitRecordOfASealedSegmentAsDamaged() throws IOException {
        Path folder = sealed();
        long size = Files.size(TestFolder.list(folder, ".records").get(0));
        for (int offset = 32; offset < size; offset += 13) {
            List<String> odd = oddKeysAfterFlip(folder, ".records", offset);
            assertThat(odd).as("flip at " + offset).hasSizeLessThanOrEqualTo(1);
            assertThat(odd).allMatch(key -> key.endsWith("damaged"));
        }
    }

    @Test
    void doesWithoutAKeyFileThatIsDamaged() throws IOException {
        Path folder = sealed();
        long size = Files.size(TestFolder.list(folder, ".keys").get(0));
        for (int offset = 0; offset < size; offset += 7) {
            assertThat(oddKeysAfterFlip(folder, ".keys", offset))
                    .as("flip at " + offset)
                    .isEmpty();
        }
    }

    @Test
    void stillKnowsTheKeyWhenSegmentAndKeyFileAreBothDamaged() throws IOException {
        Path folder = sealed();
        Path segment = TestFolder.list(folder, ".records").get(0);
        Path keys = TestFolder.list(folder, ".keys").get(0);
        TestFolder.flip(segment, indexOf(segment, "value of k3"));
        // The filter lies at the end.
        TestFolder.flip(keys, (int) Files.size(keys) - 1);
        try (Store store = Store.open(TestFolder.settings(folder))) {
            TestShard shard = new TestShard(store);
            assertThat(shard.text("k3")).isEqualTo("damaged");
            assertThat(shard.text("k4")).isEqualTo(value(4));
        }
    }

    @Test
    void quarantinesARecordThatRotsWhileTheStoreRuns() throws IOException {
        Path folder = root.resolve("running");
        try (Store store = Store.open(TestFolder.settings(folder).withCacheBytesMax(0))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "value of a"));
            shard.apply(put("b", "value of b"));
            shard.apply(put("c", "settles"));
            Path segment = TestFolder.list(folder, ".records").get(0);
            rotInPlace(segment, "value of a");

            assertThat(shard.text("a")).isEqualTo("damaged");
            assertThat(shard.text("b")).isEqualTo("value of b");
            assertThat(store.status().quarantined()).isEqualTo(1);
            Entry listed = shard.range("a", "b", 1).get(0);
            assertThat(listed.digest()).as("differs from every replica's").isZero();

            assertThat(shard.apply(put("a", "whole again"))).isEqualTo(Outcome.DURABLE);
            shard.apply(put("c", "settles"));
            assertThat(shard.text("a")).isEqualTo("whole again");
            assertThat(store.status().quarantined()).isZero();
        }
    }

    @Test
    void remembersDamageThroughCompactionAndRestart() throws IOException {
        Path folder = root.resolve("compacted");
        StoreSettings settings =
                TestFolder.settings(folder).withSegmentBytesMax(4_000).withCacheBytesMax(0);
        try (Store store = Store.open(settings)) {
            TestShard shard = new TestShard(store);
            shard.apply(put("rotten", "older"));
            shard.apply(put("rotten", "value to rot"));
            Path segment = TestFolder.list(folder, ".records").get(0);
            rotInPlace(segment, "value to rot");
            overwriteUntilGone(shard, segment);
            assertThat(shard.text("rotten")).isEqualTo("damaged");
        }
        try (Store store = Store.open(settings)) {
            TestShard shard = new TestShard(store);
            assertThat(shard.text("rotten")).isEqualTo("damaged");
            shard.apply(remove("rotten"));
            assertThat(shard.text("rotten")).isEqualTo("absent");
        }
    }

    private static void overwriteUntilGone(TestShard shard, Path segment) {
        Awaitility.await().pollInSameThread().until(() -> {
            for (int i = 0; i < 100; i++) {
                shard.apply(put("k" + i % 10, "x".repeat(200)));
            }
            return !Files.exists(segment);
        });
    }

    /** Flips one byte in a copy, starts on it, and lists the keys that are not as they were written. */
    private List<String> oddKeysAfterFlip(Path folder, String suffix, int offset) throws IOException {
        Path copy = TestFolder.copy(folder, root.resolve("copy"));
        TestFolder.flip(TestFolder.list(copy, suffix).get(0), offset);
        try (Store store = Store.open(TestFolder.settings(copy))) {
            TestShard shard = new TestShard(store);
            List<String> odd = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                String found = shard.text("k" + i);
                assertThat(found).isIn(value(i), "older", "absent", "damaged");
                if (!found.startsWith("value")) {
                    odd.add("k" + i + " " + found);
                }
            }
            return odd;
        } finally {
            TestFolder.delete(copy);
        }
    }

    /** A folder with one segment that nobody has sealed. */
    private Path written() throws IOException {
        Path folder = root.resolve("written");
        try (Store store = Store.open(TestFolder.settings(folder))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("k5", "older"), put("k6", "older"));
            for (int i = 0; i < KEYS; i++) {
                shard.apply(put("k" + i, value(i)));
            }
        }
        return folder;
    }

    /** The same, sealed. */
    private Path sealed() throws IOException {
        Path folder = written();
        Store.open(TestFolder.settings(folder)).close();
        assertThat(TestFolder.list(folder, ".keys")).hasSize(1);
        return folder;
    }

    /** Long, so that the older values are too small a part to be worth compacting. */
    private static String value(int i) {
        return "value of k" + i + ".".repeat(300);
    }

    private static void rotInPlace(Path segment, String text) throws IOException {
        TestFolder.flip(segment, indexOf(segment, text));
    }

    private static int indexOf(Path file, String text) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lastIndexOf(text);
    }
}
