package io.quorate.benchmark;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import io.quorate.core.version.SiblingsCodec;
import io.quorate.node.storage.Durability;
import io.quorate.node.storage.Store;
import io.quorate.node.storage.TestFolder;
import io.quorate.node.storage.TestLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A store in the folder for temporary files, with a value under each of its keys, and the one shard that uses it. */
final class OpenStore {
    /** So many operations wait for their answers together, as they do in a node: they share what a group costs. */
    static final int TOGETHER = 128;

    private static final int KEYS = 10_000;

    private final Bytes[] keys = IntStream.range(0, KEYS)
            .mapToObj(i -> Key.of("users", "alice-" + i).encoded())
            .toArray(Bytes[]::new);
    private final Bytes value = SiblingsCodec.encode(SampleStates.concurrent(1));
    private final SplittableRandom random = new SplittableRandom(1);
    private final TestLoop loop = new TestLoop();
    private final Path folder;
    private final Store store;
    private final Storage shard;
    private int answers;
    /** Kept, or the copy of a value that the cache makes would be left out as useless. */
    Object lastAnswer;

    OpenStore(Durability durability, long cacheBytes) throws IOException {
        folder = Files.createTempDirectory("quorate-benchmark");
        store = Store.open(
                TestFolder.settings(folder).withDurability(durability, 1_000).withCacheBytesMax(cacheBytes));
        shard = store.shard(loop);
        for (Bytes key : keys) {
            put(key);
        }
        awaitAnswers(KEYS);
        // Its answer says that all before it is indexed; until then reads would be of pending writes.
        putTogether();
    }

    void putTogether() {
        for (int i = 0; i < TOGETHER; i++) {
            put(keys[random.nextInt(KEYS)]);
        }
        awaitAnswers(TOGETHER);
    }

    void getTogether() {
        for (int i = 0; i < TOGETHER; i++) {
            shard.get(keys[random.nextInt(KEYS)], stored -> onAnswer(stored instanceof Stored.Present, stored));
        }
        awaitAnswers(TOGETHER);
    }

    void close() throws IOException {
        store.close();
        TestFolder.delete(folder);
    }

    private void put(Bytes key) {
        Change change = new Change(key, Optional.of(value), SampleStates.COPIES);
        shard.apply(List.of(change), outcome -> onAnswer(outcome == Outcome.DURABLE, outcome));
    }

    private void onAnswer(boolean expected, Object answer) {
        if (!expected) {
            throw new IllegalStateException("unexpected: " + answer);
        }
        answers++;
        lastAnswer = answer;
    }

    private void awaitAnswers(int count) {
        loop.runUntil(() -> answers == count);
        answers = 0;
    }
}
