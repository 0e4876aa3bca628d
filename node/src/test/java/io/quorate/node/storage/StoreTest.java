package io.quorate.node.storage;

import static io.quorate.node.storage.TestShard.put;
import static io.quorate.node.storage.TestShard.remove;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir
    private Path folder;

    @Test
    void isReadAtOnceAndAfterItIsDurable() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder))) {
            TestShard shard = new TestShard(store);
            List<Outcome> outcomes = new ArrayList<>();
            shard.storage.apply(List.of(put("a", "1"), put("b", "2")), outcomes::add);

            assertThat(outcomes).isEmpty();
            assertThat(shard.text("a")).isEqualTo("1");
            shard.loop.runUntil(() -> !outcomes.isEmpty());
            assertThat(outcomes).containsExactly(Outcome.DURABLE);
            assertThat(shard.text("b")).isEqualTo("2");
            assertThat(shard.text("c")).isEqualTo("absent");
        }
    }

    @Test
    void readsFromTheDiskWhatIsNotCached() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder).withCacheBytesMax(0))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "1"));
            shard.apply(put("b", "x".repeat(200_000)));
            shard.apply(put("c", "3"));
            List<Stored> found = new ArrayList<>();
            shard.storage.get(Bytes.utf8("a"), found::add);

            assertThat(found).as("not answered inside the call").isEmpty();
            assertThat(shard.text("a")).isEqualTo("1");
            assertThat(shard.text("b")).hasSize(200_000);
            assertThat(found).hasSize(1);
        }
    }

    @Test
    void removes() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "1"));
            shard.apply(remove("a"));
            shard.apply(put("b", "2"));

            assertThat(shard.text("a")).isEqualTo("absent");
            assertThat(shard.keys("", "z", 10)).containsExactly("b");
        }
    }

    @Test
    void keepsTheLastOfSeveralChangesOfOneKeyInAGroup() throws IOException {
        StoreSettings settings = TestFolder.settings(folder).withCacheBytesMax(0);
        Store store = Store.open(settings);
        TestShard shard = new TestShard(store);
        shard.apply(put("a", "old"), put("b", "old"));
        shard.apply(put("a", "one"), remove("b"), put("a", "two"), put("b", "new"), put("c", "x"), remove("c"));
        store.close(new CleanStop(1, 1));
        // First with the index as it was left, then with one that is built anew.
        long live = liveBytesOf(settings);
        Files.delete(folder.resolve("index.mapdb"));
        assertThat(liveBytesOf(settings)).isEqualTo(live).isPositive();
    }

    private static long liveBytesOf(StoreSettings settings) throws IOException {
        try (Store store = Store.open(settings)) {
            TestShard shard = new TestShard(store);
            assertThat(List.of(shard.text("a"), shard.text("b"), shard.text("c")))
                    .containsExactly("two", "new", "absent");
            assertThat(store.status().keys()).isEqualTo(2);
            return store.status().liveBytes();
        }
    }

    @Test
    void listsEntriesWithDigestLengthAndTag() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("b", "two"), put("a", "1"), put("c", "3"));
            shard.apply(put("d", "4"));

            assertThat(shard.range("b", "c", 10))
                    .containsExactly(new Entry(Bytes.utf8("b"), Hash.of(Bytes.utf8("two")), 3, 3));
            assertThat(shard.keys("", "z", 3)).containsExactly("a", "b", "c");
            assertThat(shard.keys("b", "d", 10)).containsExactly("b", "c");
            assertThat(shard.keys("d", "b", 10)).isEmpty();
            assertThat(shard.keys("a", "z", 0)).isEmpty();
        }
    }

    @Test
    void laysPendingChangesOverARange() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder))) {
            TestShard shard = new TestShard(store);
            for (int i = 10; i < 90; i++) {
                shard.apply(put("k" + i, "v"));
            }
            List<List<Entry>> found = new ArrayList<>();
            List<Outcome> outcomes = new ArrayList<>();
            shard.storage.range(Bytes.utf8("k"), Bytes.utf8("l"), 20, found::add);
            // Asked before these were made, but answered after.
            for (int i = 10; i < 70; i++) {
                shard.storage.apply(List.of(remove("k" + i)), outcomes::add);
            }
            shard.storage.apply(List.of(put("k711", "new")), outcomes::add);
            shard.loop.runUntil(() -> !found.isEmpty());

            assertThat(found.get(0)).hasSize(20);
            assertThat(found.get(0).get(0).key()).isEqualTo(Bytes.utf8("k70"));
            assertThat(found.get(0).get(2).key()).isEqualTo(Bytes.utf8("k711"));
        }
    }

    @Test
    void givesACallbackWhatIsStoredWhenItIsCalled() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder).withCacheBytesMax(0))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "old"));
            shard.apply(put("b", "settles a"));
            List<Stored> found = new ArrayList<>();
            List<Outcome> outcomes = new ArrayList<>();
            shard.storage.get(Bytes.utf8("a"), found::add);
            shard.storage.apply(List.of(put("a", "new")), outcomes::add);
            shard.loop.runUntil(() -> !found.isEmpty());

            assertThat(found).containsExactly(new Stored.Present(Bytes.utf8("new")));
        }
    }

    @Test
    void losesNoUpdateOfManyReadersOfOneKey() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder).withCacheBytesMax(0))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("count", "0"));
            shard.apply(put("other", "settles count"));
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                shard.storage.get(Bytes.utf8("count"), stored -> {
                    int count =
                            Integer.parseInt(((Stored.Present) stored).value().toUtf8());
                    shard.storage.apply(List.of(put("count", Integer.toString(count + 1))), outcomes::add);
                });
            }
            shard.loop.runUntil(() -> outcomes.size() == 200);

            assertThat(shard.text("count")).isEqualTo("200");
        }
    }

    @Test
    void refusesWhatIsBeyondTheBound() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder).withWaitingBytesMax(10_000))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "1"));
            List<Outcome> outcomes = new ArrayList<>();
            shard.storage.apply(List.of(put("a", "x".repeat(20_000))), outcomes::add);

            assertThat(outcomes).containsExactly(Outcome.OVERLOADED);
            assertThat(shard.text("a")).isEqualTo("1");
            assertThat(shard.apply(put("a", "x".repeat(5_000)))).isEqualTo(Outcome.DURABLE);
        }
    }

    @Test
    void writesWhatWaitsBeforeItCloses() throws IOException {
        Store store = Store.open(TestFolder.settings(folder));
        TestShard shard = new TestShard(store);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            shard.storage.apply(List.of(put("k" + i, "v")), outcomes::add);
        }
        store.close(new CleanStop(1, 1));
        shard.loop.runUntil(() -> outcomes.size() == 500);

        assertThat(outcomes).containsOnly(Outcome.DURABLE);
        assertThat(shard.apply(put("late", "v"))).isEqualTo(Outcome.FAILED);
        try (Store again = Store.open(TestFolder.settings(folder))) {
            assertThat(again.status().keys()).isEqualTo(500);
        }
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
        Store store = Store.open(TestFolder.settings(folder).withDurability(Durability.INTERVAL, 10));
        TestShard shard = new TestShard(store);
        shard.apply(put("a", "1"));
        shard.get("b");
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("store-"))
                .toList();
        store.close();

        assertThat(threads).hasSizeGreaterThanOrEqualTo(4);
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    @Test
    void keepsWhatWeakerDurabilityPromises() throws IOException {
        for (Durability durability : Durability.values()) {
            Path own = folder.resolve(durability.name());
            Store store = Store.open(TestFolder.settings(own).withDurability(durability, 5));
            TestShard shard = new TestShard(store);
            for (int i = 0; i < 100; i++) {
                assertThat(shard.apply(put("k" + i, "v"))).isEqualTo(Outcome.DURABLE);
            }
            Path crashed = TestFolder.crash(own, folder.resolve(durability + "-crashed"));
            store.close();

            try (Store again = Store.open(TestFolder.settings(crashed))) {
                assertThat(again.status().keys()).isEqualTo(100);
                assertThat(again.status().quarantined()).isZero();
            }
        }
    }

    @Test
    void sharesOneForceAmongAllThatWait() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder))) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "1"));
            long before = store.status().writes().fsyncs();
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                shard.storage.apply(List.of(put("k" + i, "v")), outcomes::add);
            }
            shard.loop.runUntil(() -> outcomes.size() == 5_000);

            assertThat(store.status().writes().fsyncs() - before).isLessThan(1_000);
        }
    }
}
