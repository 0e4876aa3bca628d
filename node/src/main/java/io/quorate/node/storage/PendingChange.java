package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Stored;
import java.util.Optional;

/** A change that its shard has made and the index does not know yet. Never changed once made. */
final class PendingChange {
    /** What a change holds in memory beside its bytes. */
    private static final int OVERHEAD_BYTES = 128;

    private final Change change;

    PendingChange(Change change) {
        this.change = change;
    }

    /** What a change takes of the bound of waiting writes. */
    static long bytes(Change change) {
        return (long) OVERHEAD_BYTES
                + change.key().length()
                + change.value().map(Bytes::length).orElse(0);
    }

    Bytes key() {
        return change.key();
    }

    Optional<Bytes> value() {
        return change.value();
    }

    int tag() {
        return change.tag();
    }

    /** Of the value; of no meaning when there is none. */
    long digest() {
        return change.digest();
    }

    boolean isRemoval() {
        return change.value().isEmpty();
    }

    Stored stored() {
        return change.value()
                .<Stored>map(value -> new Stored.Present(value, change.digest()))
                .orElse(Stored.ABSENT);
    }

    /** As the index would list it; only for one that is no removal. */
    Entry entry() {
        return new Entry(
                change.key(), change.digest(), change.value().orElseThrow().length(), change.tag());
    }
}
