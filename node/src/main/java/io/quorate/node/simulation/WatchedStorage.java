package io.quorate.node.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage;
import io.quorate.simulation.SimulatedDisk;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Tells what records a replica keeps, as soon as it is sure that it does: whatever anybody is told of a key was among that. */
final class WatchedStorage implements Storage {
    private final Storage storage;
    private final SimulatedDisk disk;
    private final BiConsumer<Bytes, Bytes> onKept;

    WatchedStorage(Storage storage, SimulatedDisk disk, BiConsumer<Bytes, Bytes> onKept) {
        this.storage = storage;
        this.disk = disk;
        this.onKept = onKept;
        tellContents();
    }

    @Override
    public void apply(List<Change> batch, Consumer<Outcome> done) {
        storage.apply(batch, outcome -> {
            if (outcome == Outcome.DURABLE) {
                batch.forEach(change -> change.value().ifPresent(value -> onKept.accept(change.key(), value)));
            } else if (outcome == Outcome.FAILED) {
                tellContents();
            }
            done.accept(outcome);
        });
    }

    /** A crash or a failing disk may have kept what nobody was told of. */
    private void tellContents() {
        disk.contents().forEach(onKept);
    }

    @Override
    public void get(Bytes key, Consumer<Stored> done) {
        storage.get(key, done);
    }

    @Override
    public void range(Bytes from, Bytes to, int limit, Consumer<List<Entry>> done) {
        storage.range(from, to, limit, done);
    }

    @Override
    public void onDamage(Consumer<Entry> listener) {
        storage.onDamage(listener);
    }
}
