package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A shard of a store under test, with calls that wait for their answers. */
final class TestShard {
    final TestLoop loop = new TestLoop();
    final Storage storage;

    TestShard(Store store) {
        storage = store.shard(loop);
    }

    static Change put(String key, String value) {
        return new Change(Bytes.utf8(key), Optional.of(Bytes.utf8(value)), 3);
    }

    static Change put(String key, byte[] value) {
        return new Change(Bytes.utf8(key), Optional.of(Bytes.wrap(value)), 3);
    }

    static Change remove(String key) {
        return new Change(Bytes.utf8(key), Optional.empty(), 0);
    }

    Outcome apply(Change... changes) {
        List<Outcome> outcome = new ArrayList<>();
        storage.apply(List.of(changes), outcome::add);
        loop.runUntil(() -> !outcome.isEmpty());
        return outcome.get(0);
    }

    Stored get(String key) {
        List<Stored> stored = new ArrayList<>();
        storage.get(Bytes.utf8(key), stored::add);
        loop.runUntil(() -> !stored.isEmpty());
        return stored.get(0);
    }

    /** The value as text; "absent" or "damaged" otherwise. */
    String text(String key) {
        Stored stored = get(key);
        if (stored instanceof Stored.Present present) {
            return present.value().toUtf8();
        }
        return stored instanceof Stored.Absent ? "absent" : "damaged";
    }

    List<Entry> range(String from, String to, int limit) {
        List<List<Entry>> found = new ArrayList<>();
        storage.range(Bytes.utf8(from), Bytes.utf8(to), limit, found::add);
        loop.runUntil(() -> !found.isEmpty());
        return found.get(0);
    }

    /** The keys of a range, as text. */
    List<String> keys(String from, String to, int limit) {
        return range(from, to, limit).stream()
                .map(entry -> entry.key().toUtf8())
                .toList();
    }
}
