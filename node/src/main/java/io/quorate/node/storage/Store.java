package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** Temporary. */
public final class Store {
    private final ConcurrentSkipListMap<Bytes, Change> rows = new ConcurrentSkipListMap<>();

    private record Change(Bytes v, int tag) {}

    public static Store open(StoreSettings settings) {
        return new Store();
    }

    public Storage shard(Scheduler scheduler) {
        return new Storage() {
            @Override
            public void get(Bytes key, Consumer<Stored> done) {
                Store.Change c = rows.get(key);
                done.accept(c == null ? Stored.ABSENT : new Stored.Present(c.v));
            }

            @Override
            public void range(Bytes from, Bytes to, int limit, Consumer<List<Entry>> done) {
                List<Entry> list = new ArrayList<>();
                for (Map.Entry<Bytes, Store.Change> e : rows.subMap(from, to).entrySet()) {
                    if (list.size() >= limit) {
                        break;
                    }
                    list.add(new Entry(
                            e.getKey(), Hash.of(e.getValue().v), e.getValue().v.length(), e.getValue().tag));
                }
                scheduler.execute(() -> done.accept(list));
            }

            @Override
            public void apply(List<Storage.Change> batch, Consumer<Outcome> done) {
                for (Storage.Change c : batch) {
                    if (c.value().isPresent()) {
                        rows.put(c.key(), new Store.Change(c.value().get(), c.tag()));
                    } else {
                        rows.remove(c.key());
                    }
                }
                scheduler.execute(() -> done.accept(Outcome.DURABLE));
            }
        };
    }

    public Optional<CleanStop> lastCleanStop() {
        return Optional.empty();
    }

    public void close(Optional<CleanStop> stop) {}

    /** Temporary. */
    public record CleanStop(long incarnation, long lastTime) {}
}
