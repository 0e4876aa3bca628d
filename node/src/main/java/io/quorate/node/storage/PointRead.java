package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All that wait for the value of one key. */
final class PointRead implements PendingRead {
    private final ShardStorage shard;
    private final Bytes key;
    private final List<Consumer<Stored>> waiting = new ArrayList<>();
    private Stored found = Stored.ABSENT;
    private Optional<Stored> settled = Optional.empty();

    PointRead(ShardStorage shard, Bytes key) {
        this.shard = shard;
        this.key = key;
    }

    void add(Consumer<Stored> done) {
        waiting.add(done);
    }

    /** The index got to know a change while the reader may already have looked: that change is what there is. */
    void overtake(Stored latest) {
        settled = Optional.of(latest);
    }

    @Override
    public void read(StoredValues values) {
        found = values.get(key);
    }

    @Override
    public void fail() {
        found = Stored.DAMAGED;
    }

    @Override
    public void answer() {
        shard.finish(key, settled.orElse(found), waiting);
    }
}
