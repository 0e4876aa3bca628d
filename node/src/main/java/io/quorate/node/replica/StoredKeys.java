package io.quorate.node.replica;

import io.quorate.antientropy.ReplicaKeys;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The keys of one shard as anti-entropy lists, reads and repairs them. */
final class StoredKeys implements ReplicaKeys {
    private final Storage storage;
    private final KeyStates states;
    private final MergeHandler merges;

    StoredKeys(Storage storage, KeyStates states, MergeHandler merges) {
        this.storage = storage;
        this.states = states;
        this.merges = merges;
    }

    @Override
    public void list(long firstToken, long lastToken, Bytes after, int limit, Consumer<Listing> done) {
        Bytes from = after.length() > 0
                ? StorageKeys.following(StorageKeys.data(after))
                : StorageKeys.data(Key.first(firstToken));
        storage.range(from, StorageKeys.dataAfter(lastToken), limit, entries -> done.accept(toListing(entries, limit)));
    }

    private static Listing toListing(List<Entry> entries, int limit) {
        List<KeyEntry> keys = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            keys.add(
                    new KeyEntry(StorageKeys.toEncoded(entry.key()), EntryTag.toKeyState(entry.digest(), entry.tag())));
        }
        return new Listing(keys, entries.size() == limit);
    }

    @Override
    public void load(Key key, Consumer<Bytes> done) {
        states.loadEncoded(
                key, stored -> done.accept(stored instanceof Stored.Present present ? present.value() : Bytes.EMPTY));
    }

    @Override
    public void merge(Key key, Bytes siblings, Consumer<Boolean> done) {
        merges.handle(new Merge(key, siblings, List.of()), reply -> done.accept(reply instanceof Durable));
    }
}
