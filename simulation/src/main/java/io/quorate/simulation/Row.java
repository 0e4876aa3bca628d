package io.quorate.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Stored;

/** What a disk has under one key. */
record Row(Bytes value, long digest, int tag, Condition condition) {
    /** Whether the value can be read, and whether that is known. */
    enum Condition {
        WHOLE,
        ROTTEN,
        QUARANTINED
    }

    static Row of(Bytes value, int tag) {
        return new Row(value, Hash.of(value), tag, Condition.WHOLE);
    }

    Row damage() {
        return isDamaged() ? this : new Row(value, digest, tag, Condition.ROTTEN);
    }

    Row quarantine() {
        return new Row(value, digest, tag, Condition.QUARANTINED);
    }

    boolean isDamaged() {
        return condition != Condition.WHOLE;
    }

    /** Damaged, and nobody knows. */
    boolean isRotten() {
        return condition == Condition.ROTTEN;
    }

    boolean isListed() {
        return condition != Condition.QUARANTINED;
    }

    Stored stored() {
        return isDamaged() ? new Stored.Damaged(digest, tag) : new Stored.Present(value, digest);
    }

    Entry entry(Bytes key) {
        return new Entry(key, digest, value.length(), tag);
    }
}
