package io.quorate.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random calls on a store and on a sorted map give the same answers, through restarts and crashes. */
class StoreModelTest {
    private static final int KEYS = 60;

    private final TreeMap<Bytes, Change> model = new TreeMap<>();
    private TestLoop loop = new TestLoop();
    private Storage storage;
    private Store store;
    private int copies;
    private int waiting;

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void behavesLikeASortedMap(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path root = Files.createTempDirectory("store-model");
        Path folder = root.resolve("s0");
        model.clear();
        open(folder, random);
        for (int step = 0; step < 150; step++) {
            int dice = random.nextInt(100);
            if (dice < 60) {
                apply(random);
            } else if (dice < 80) {
                get(random);
            } else if (dice < 92) {
                range(random);
            } else if (dice < 96) {
                drain();
                store.close(new CleanStop(step, step));
                open(folder, random);
            } else {
                folder = crash(folder, root.resolve("s" + ++copies), random);
            }
        }
        compareAll();
        store.close();
        TestFolder.delete(folder);
        Files.delete(root);
    }

    private void open(Path folder, Random random) throws IOException {
        StoreSettings settings = TestFolder.settings(folder)
                .withSegmentBytesMax(1 << (9 + random.nextInt(8)))
                .withCacheBytesMax(random.nextBoolean() ? 0 : 2_000);
        store = Store.open(settings);
        loop = new TestLoop();
        storage = store.shard(loop);
    }

    /** Goes on with a copy of the files as they lie there, in whatever state compaction has brought them. */
    private Path crash(Path folder, Path copy, Random random) throws IOException {
        drain();
        TestFolder.crash(folder, copy);
        store.close();
        TestFolder.delete(folder);
        open(copy, random);
        assertThat(store.status().quarantined()).isZero();
        assertThat(store.lastCleanStop()).isEmpty();
        return copy;
    }

    private void apply(Random random) {
        List<Change> batch = new ArrayList<>();
        int size = 1 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            boolean removal = random.nextInt(4) == 0;
            Bytes value = Bytes.wrap(new byte[random.nextInt(300)]);
            random.nextBytes(value.array());
            batch.add(new Change(key(random), removal ? Optional.empty() : Optional.of(value), random.nextInt(5)));
        }
        waiting++;
        storage.apply(batch, outcome -> {
            assertThat(outcome).isEqualTo(Outcome.DURABLE);
            waiting--;
        });
        for (Change change : batch) {
            if (change.value().isPresent()) {
                model.put(change.key(), change);
            } else {
                model.remove(change.key());
            }
        }
        if (random.nextInt(3) == 0) {
            drain();
        }
    }

    private void get(Random random) {
        Bytes key = key(random);
        waiting++;
        // Compared when it is answered: by then both may have moved on, in step.
        storage.get(key, stored -> {
            Stored expected = Optional.ofNullable(model.get(key))
                    .<Stored>map(change -> new Stored.Present(change.value().orElseThrow()))
                    .orElse(Stored.ABSENT);
            assertThat(stored).isEqualTo(expected);
            waiting--;
        });
    }

    private void range(Random random) {
        Bytes from = key(random);
        Bytes to = key(random);
        int limit = 1 + random.nextInt(KEYS);
        waiting++;
        storage.range(from, to, limit, entries -> {
            assertThat(entries).isEqualTo(expected(from, to, limit));
            waiting--;
        });
    }

    private void compareAll() {
        drain();
        waiting++;
        Bytes to = Bytes.utf8("l");
        storage.range(Bytes.utf8("k"), to, 1_000, entries -> {
            assertThat(entries).isEqualTo(expected(Bytes.utf8("k"), to, 1_000));
            waiting--;
        });
        drain();
    }

    private List<Entry> expected(Bytes from, Bytes to, int limit) {
        if (from.compareTo(to) >= 0) {
            return List.of();
        }
        return model.subMap(from, to).values().stream()
                .limit(limit)
                .map(change -> {
                    Bytes value = change.value().orElseThrow();
                    return new Entry(change.key(), Hash.of(value), value.length(), change.tag());
                })
                .toList();
    }

    private void drain() {
        loop.runUntil(() -> waiting == 0);
    }

    private static Bytes key(Random random) {
        return Bytes.utf8("k" + (1_000 + random.nextInt(KEYS)));
    }
}
