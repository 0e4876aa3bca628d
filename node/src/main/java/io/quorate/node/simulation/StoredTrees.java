package io.quorate.node.simulation;

import io.quorate.antientropy.KeyState;
import io.quorate.antientropy.KeyTrees;
import io.quorate.antientropy.ReplicaKeys;
import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.message.ExchangeReply.KeyDigest;
import io.quorate.core.ring.Ring;
import io.quorate.core.version.SiblingsCodec;
import io.quorate.node.replica.EntryTag;
import io.quorate.node.replica.StorageKeys;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The hash trees that a look at a disk builds: what trees kept up to date by every change must equal. */
final class StoredTrees {
    private StoredTrees() {}

    static KeyTrees of(Ring ring, SortedMap<Bytes, Bytes> contents) {
        KeyTrees trees =
                new KeyTrees(ring, IntStream.range(0, ring.partitions()).boxed().toList());
        trees.build(new NoKeys(), () -> {});
        contents.subMap(StorageKeys.data(Bytes.EMPTY), StorageKeys.dataEnd()).forEach((record, value) -> {
            KeyState state = EntryTag.toKeyState(Hash.of(value), EntryTag.of(SiblingsCodec.decode(value)));
            trees.changed(StorageKeys.toKey(record), KeyState.ABSENT, state);
        });
        return trees;
    }

    /** A store that is empty. */
    private static final class NoKeys implements ReplicaKeys {
        @Override
        public void list(long firstToken, long lastToken, Bytes after, int limit, Consumer<Listing> done) {
            done.accept(new Listing(List.of(), false));
        }

        @Override
        public void owesAny(long firstToken, long lastToken, Consumer<Boolean> done) {
            done.accept(false);
        }

        @Override
        public void reap(int partition, long horizon, List<KeyDigest> tombstones, Consumer<Boolean> done) {
            done.accept(true);
        }

        @Override
        public void load(Key key, Consumer<Bytes> done) {
            done.accept(Bytes.EMPTY);
        }

        @Override
        public void merge(Key key, Bytes siblings, Consumer<Boolean> done) {
            done.accept(false);
        }
    }
}
