package io.quorate.node.replica;

import io.quorate.antientropy.Parallel;
import io.quorate.antientropy.ReplicaKeys;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ExchangeReply.KeyDigest;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The keys of one shard as anti-entropy lists, reads and repairs them. */
final class StoredKeys implements ReplicaKeys {
    private final Replica.Parts parts;
    private final Storage storage;
    private final KeyStates states;
    private final MergeHandler merges;

    StoredKeys(Replica.Parts parts, MergeHandler merges) {
        this.parts = parts;
        this.storage = parts.surroundings().storage();
        this.states = parts.states();
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
    public void owesAny(long firstToken, long lastToken, Consumer<Boolean> done) {
        owesAny(List.copyOf(parts.surroundings().cluster().ring().holders()), 0, firstToken, lastToken, done);
    }

    private void owesAny(List<String> members, int index, long firstToken, long lastToken, Consumer<Boolean> done) {
        if (index == members.size()) {
            done.accept(false);
            return;
        }
        String target = members.get(index);
        storage.range(StorageKeys.owedFrom(target, firstToken), StorageKeys.owedAfter(target, lastToken), 1, debts -> {
            if (debts.isEmpty()) {
                owesAny(members, index + 1, firstToken, lastToken, done);
            } else {
                done.accept(true);
            }
        });
    }

    /** The horizon goes first, so that it is never behind what was removed. */
    @Override
    public void reap(int partition, long horizon, List<KeyDigest> tombstones, Consumer<Boolean> done) {
        states.setHorizon(partition, horizon, outcome -> {
            if (outcome == Outcome.DURABLE) {
                Parallel.run(tombstones, Math.max(1, tombstones.size()), this::reap, () -> done.accept(true));
            } else {
                done.accept(false);
            }
        });
    }

    private void reap(KeyDigest tombstone, Runnable whenDone) {
        Key key = Key.decode(tombstone.key());
        boolean accepted = parts.turns()
                .begin(
                        key,
                        () -> states.load(key, held -> {
                            if (held.toKeyState().digest() == tombstone.digest()) {
                                states.reap(key, held, outcome -> whenDone.run());
                            } else {
                                whenDone.run();
                            }
                            parts.turns().end(key);
                        }));
        if (!accepted) {
            whenDone.run();
        }
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
