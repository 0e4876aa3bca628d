package io.quorate.node.storage;

import static io.quorate.node.storage.TestShard.put;
import static io.quorate.node.storage.TestShard.remove;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
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
    void reportsEveryHitRecordAsDamagedBeforeTheSegmentIsSealed() throws IOException {
        Path folder = written();
        long size = Files.size(TestFolder.list(folder, ".records").get(0));
        for (int offset = 0; offset < size; offset += offset < 160 ? 1 : 31) {
            List<String> odd = oddKeysAfterFlip(folder, ".records", offset);
            assertThat(odd).as("flip at " + offset).hasSizeLessThanOrEqualTo(1);
            assertThat(odd).allMatch(key -> key.endsWith("damaged"));
        }
    }

    @Test
    void knowsWhichKeyWasRemovedThoughTheHeaderOfTheRemovalIsDamaged() throws IOException {
        Path folder = root.resolve("removed");
        long end;
        try (Store store = Store.open(TestFolder.settings(folder))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "old"));
            end = Files.size(TestFolder.list(folder, ".records").get(0));
            shard.apply(remove("a"));
            shard.apply(put("b", "1"));
            shard.apply(put("c", "acknowledges b"));
        }
        for (int offset = (int) end; offset < end + 37; offset++) {
            Path copy = TestFolder.copy(folder, root.resolve("copy"));
            TestFolder.flip(TestFolder.list(copy, ".records").get(0), offset);
            try (Store store = Store.open(TestFolder.settings(copy))) {
                assertThat(new TestShard(store).text("a")).isEqualTo("absent");
                assertThat(new TestShard(store).text("b")).isEqualTo("1");
            } finally {
                TestFolder.delete(copy);
            }
        }
    }

    @Test
    void ownsUpToHavingForgottenWhenNotEvenTheKeyIsLeft() throws IOException {
        Path folder = root.resolve("wiped");
        Store store = Store.open(TestFolder.settings(folder));
        TestShard shard = new TestShard(store);
        shard.apply(put("a", "old"));
        shard.apply(put("a", "value to wipe out"));
        shard.apply(put("b", "1"));
        shard.apply(put("b", "acknowledges all before"));
        store.close(new CleanStop(7, 42));
        Path segment = TestFolder.list(folder, ".records").get(0);
        int value = indexOf(segment, "value to wipe out");
        for (int offset = value - 30; offset < value + 5; offset++) {
            TestFolder.flip(segment, offset);
        }
        // Without the index nobody knows the key.
        Files.delete(TestFolder.list(folder, ".mapdb").get(0));
        try (Store again = Store.open(TestFolder.settings(folder))) {
            assertThat(again.lastCleanStop()).as("a new incarnation is due").isEmpty();
            assertThat(again.status().quarantined()).isEqualTo(1);
            assertThat(new TestShard(again).text("b")).isEqualTo("acknowledges all before");
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
            assertThat(shard.keys("a", "c", 9)).containsExactly("b");

            assertThat(shard.apply(put("a", "whole again"))).isEqualTo(Outcome.DURABLE);
            shard.apply(put("c", "settles"));
            assertThat(shard.text("a")).isEqualTo("whole again");
            assertThat(shard.keys("a", "c", 9)).containsExactly("a", "b");
            assertThat(store.status().quarantined()).isZero();
        }
    }

    @Test
    void tellsOnceWhatTheIndexHadBeforeAnyReadIsAnswered() throws IOException {
        Path folder = root.resolve("told");
        try (Store store = Store.open(TestFolder.settings(folder).withCacheBytesMax(0))) {
            TestShard shard = new TestShard(store);
            List<Object> heard = new ArrayList<>();
            shard.storage.onDamage(heard::add);
            shard.apply(put("a", "value of a"));
            shard.apply(put("b", "settles"));
            Entry listed = shard.range("a", "b", 1).get(0);
            rotInPlace(TestFolder.list(folder, ".records").get(0), "value of a");
            shard.storage.get(Bytes.utf8("a"), heard::add);
            shard.storage.get(Bytes.utf8("a"), heard::add);
            shard.loop.runUntil(() -> heard.size() == 3);

            Stored damaged = new Stored.Damaged(listed.digest(), listed.tag());
            assertThat(heard).containsExactly(listed, damaged, damaged);
            assertThat(shard.get("a")).isEqualTo(damaged);
            assertThat(heard).hasSize(3);
        }
    }

    @Test
    void tellsNothingOfARecordThatIsBeingReplaced() throws IOException {
        Path folder = root.resolve("replaced");
        try (Store store = Store.open(TestFolder.settings(folder).withCacheBytesMax(0))) {
            TestShard shard = new TestShard(store);
            TestShard other = new TestShard(store);
            List<Entry> heard = new ArrayList<>();
            shard.storage.onDamage(heard::add);
            shard.apply(put("a", "value of a"));
            shard.apply(put("b", "settles"));
            rotInPlace(TestFolder.list(folder, ".records").get(0), "value of a");
            // Found for another shard, while this one has a write on its way that it has heard nothing of.
            assertThat(other.text("a")).isEqualTo("damaged");
            shard.storage.apply(List.of(put("a", "new")), outcome -> {});
            shard.apply(put("b", "settles a"));
            shard.apply(put("b", "settles b"));

            assertThat(heard).isEmpty();
            assertThat(shard.text("a")).isEqualTo("new");
            assertThat(shard.keys("a", "b", 1)).containsExactly("a");
        }
    }

    @Test
    void remembersAfterAKillWhatWasFoundDamaged() throws IOException {
        Path folder = root.resolve("killed");
        Path crashed = root.resolve("crashed");
        Stored found;
        try (Store store = Store.open(TestFolder.settings(folder).withCacheBytesMax(0))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "older"));
            shard.apply(put("a", "value of a"));
            shard.apply(put("b", "value of b"));
            rotInPlace(TestFolder.list(folder, ".records").get(0), "value of a");
            found = shard.get("a");
            shard.apply(put("c", "written after the note on a"));
            TestFolder.crash(folder, crashed);
        }
        try (Store store = Store.open(TestFolder.settings(crashed))) {
            TestShard shard = new TestShard(store);
            assertThat(shard.keys("a", "d", 9)).containsExactly("b", "c");
            assertThat(shard.get("a")).isEqualTo(found);
            assertThat(store.status().quarantined()).isEqualTo(1);
            shard.apply(remove("a"));
            assertThat(shard.text("a")).isEqualTo("absent");
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
            Entry listed = shard.range("rotten", "s", 1).get(0);
            List<Entry> heard = new ArrayList<>();
            shard.storage.onDamage(heard::add);
            overwriteUntilGone(shard, segment);
            assertThat(shard.get("rotten")).isEqualTo(new Stored.Damaged(listed.digest(), listed.tag()));
            assertThat(heard).containsExactly(listed);
        }
        try (Store store = Store.open(settings)) {
            TestShard shard = new TestShard(store);
            assertThat(shard.text("rotten")).isEqualTo("damaged");
            assertThat(shard.keys("rotten", "s", 1)).isEmpty();
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
