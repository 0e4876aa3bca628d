package io.quorate.node.storage;

import static io.quorate.node.storage.TestShard.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.Storage.Outcome;
import io.quorate.node.storage.StoreStatus.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private final FaultyDisk disk = new FaultyDisk();

    @TempDir
    private Path folder;

    @Test
    void keepsNothingOfABatchThatDoesNotFitAndRecoversByItself() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder).withCacheBytesMax(0), disk)) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "old"), put("b", "old"));
            disk.leaveRoom(1_000);

            assertThat(shard.apply(put("a", "new"), put("b", "x".repeat(5_000))))
                    .isEqualTo(Outcome.READ_ONLY);
            assertThat(store.status().state()).isEqualTo(State.READ_ONLY);
            assertThat(store.status().reason()).contains("No space left");
            assertThat(shard.text("a")).isEqualTo("old");
            assertThat(shard.text("b")).isEqualTo("old");

            disk.leaveRoom(Long.MAX_VALUE);
            Awaitility.await().until(() -> !store.status().readOnly());
            assertThat(shard.apply(put("a", "newer"))).isEqualTo(Outcome.DURABLE);
        }
        try (Store again = Store.open(TestFolder.settings(folder))) {
            TestShard shard = new TestShard(again);
            assertThat(shard.text("a")).isEqualTo("newer");
            assertThat(shard.text("b")).isEqualTo("old");
            assertThat(again.status().quarantined()).isZero();
        }
    }

    @Test
    void failsAtEveryByteAlike() throws IOException {
        for (int room = 0; room < 400; room += 7) {
            Path own = folder.resolve("r" + room);
            try (Store store = Store.open(TestFolder.settings(own), disk)) {
                TestShard shard = new TestShard(store);
                shard.apply(put("a", "old"));
                disk.leaveRoom(room);
                assertThat(shard.apply(put("a", "n".repeat(400)))).isEqualTo(Outcome.READ_ONLY);
                Path crashed = TestFolder.crash(own, folder.resolve("c" + room));
                try (Store again = Store.open(TestFolder.settings(crashed))) {
                    assertThat(new TestShard(again).text("a")).isEqualTo("old");
                }
                disk.leaveRoom(Long.MAX_VALUE);
            }
        }
    }

    /** Repeated, since the shard and the writer race. */
    @RepeatedTest(30)
    void showsNoBatchThatWasToldToHaveFailed() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder), disk)) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "0"));
            disk.leaveRoom(500);
            SortedMap<Integer, Outcome> outcomes = new TreeMap<>();
            List<String> seenAfterFailing = new ArrayList<>();
            for (int i = 1; i <= 50; i++) {
                int number = i;
                shard.storage.apply(List.of(put("a", i + "x".repeat(100))), outcome -> {
                    outcomes.put(number, outcome);
                    int shown = Integer.parseInt(shard.text("a").replace("x", ""));
                    if (outcomes.get(shown) == Outcome.READ_ONLY) {
                        seenAfterFailing.add(shown + " by " + number);
                    }
                });
            }
            shard.loop.runUntil(() -> outcomes.size() == 50);
            List<Outcome> inOrder = List.copyOf(outcomes.values());
            int durable = (int) inOrder.stream().filter(Outcome.DURABLE::equals).count();

            assertThat(durable).isLessThan(50);
            assertThat(inOrder.subList(durable, 50)).containsOnly(Outcome.READ_ONLY);
            String last = durable == 0 ? "0" : durable + "x".repeat(100);
            assertThat(shard.text("a")).isEqualTo(last);
            assertThat(seenAfterFailing).isEmpty();
            disk.leaveRoom(Long.MAX_VALUE);
        }
    }

    @Test
    void stopsWritingBeforeTheDiskIsFull() throws IOException {
        StoreSettings settings = TestFolder.settings(folder).withFreeBytesMin(1_000_000);
        try (Store store = Store.open(settings, disk)) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "1"));
            disk.claimUsable(999_999);
            assertThat(shard.apply(put("a", "2"))).isEqualTo(Outcome.READ_ONLY);
            assertThat(shard.text("a")).isEqualTo("1");
            disk.claimUsable(2_000_000);
            Awaitility.await().until(() -> !store.status().readOnly());
        }
    }

    @Test
    void writesOnWhenTheDiskTakesLittleAtATime() throws IOException {
        disk.writeInPiecesOf(7);
        try (Store store = Store.open(TestFolder.settings(folder), disk)) {
            assertThat(new TestShard(store).apply(put("a", "x".repeat(1_000)))).isEqualTo(Outcome.DURABLE);
        }
        try (Store again = Store.open(TestFolder.settings(folder))) {
            assertThat(new TestShard(again).text("a")).hasSize(1_000);
        }
    }

    @Test
    void stopsForGoodWhenTheDiskBreaks() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder), disk)) {
            TestShard shard = new TestShard(store);
            shard.apply(put("a", "1"));
            disk.breakDown();

            assertThat(shard.apply(put("a", "2"))).isEqualTo(Outcome.FAILED);
            assertThat(shard.apply(put("a", "3"))).isEqualTo(Outcome.FAILED);
            assertThat(store.status().state()).isEqualTo(State.FAILED);
            assertThat(store.status().reason()).contains("Input/output error");
            assertThat(shard.text("a")).isEqualTo("1");
        }
    }

    @Test
    void acknowledgesNothingThatCouldNotBeForced() throws IOException {
        Store store = Store.open(TestFolder.settings(folder), disk);
        TestShard shard = new TestShard(store);
        shard.apply(put("a", "1"));
        disk.refuseForce(true);

        assertThat(shard.apply(put("a", "2"))).isEqualTo(Outcome.FAILED);
        disk.refuseForce(false);
        assertThat(shard.apply(put("a", "3"))).as("a second try proves nothing").isEqualTo(Outcome.FAILED);
        store.close(new CleanStop(1, 1));
        try (Store again = Store.open(TestFolder.settings(folder))) {
            assertThat(again.lastCleanStop()).isEmpty();
            assertThat(again.status().quarantined()).isZero();
            assertThat(new TestShard(again).text("a")).isIn("1", "2");
        }
    }
}
