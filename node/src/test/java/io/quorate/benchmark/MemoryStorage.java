package io.quorate.benchmark;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.port.Storage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store in memory, whose batches become durable when its owner says so. */
final class MemoryStorage implements Storage {
    private final NavigableMap<Bytes, Change> stored = new TreeMap<>();
    private final Queue<Consumer<Outcome>> waiting = new ArrayDeque<>();

    void commit() {
        for (Consumer<Outcome> done = waiting.poll(); done != null; done = waiting.poll()) {
            done.accept(Outcome.DURABLE);
        }
    }

    @Override
    public void get(Bytes key, Consumer<Stored> done) {
        Change found = stored.get(key);
        done.accept(
                found == null ? Stored.ABSENT : new Stored.Present(found.value().orElseThrow()));
    }

    @Override
    public void range(Bytes from, Bytes to, int limit, Consumer<List<Entry>> done) {
        done.accept(stored.subMap(from, to).values().stream()
                .limit(limit)
                .map(MemoryStorage::entry)
                .toList());
    }

    @Override
    public void apply(List<Change> batch, Consumer<Outcome> done) {
        for (Change change : batch) {
            if (change.value().isPresent()) {
                stored.put(change.key(), change);
            } else {
                stored.remove(change.key());
            }
        }
        waiting.add(done);
    }

    @Override
    public void onDamage(Consumer<Entry> listener) {
        // Nothing rots.
    }

    private static Entry entry(Change change) {
        Bytes value = change.value().orElseThrow();
        return new Entry(change.key(), Hash.of(value), value.length(), change.tag());
    }
}
