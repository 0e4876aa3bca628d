package io.quorate.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Stored;

/** What a disk has under one key. */
record Row(Bytes value, long digest, int tag, boolean damaged) {
    static Row of(Bytes value, int tag) {
        return new Row(value, Hash.of(value), tag, false);
    }

    Row damage() {
        return new Row(value, digest, tag, true);
    }

    Stored stored() {
        return damaged ? Stored.DAMAGED : new Stored.Present(value);
    }

    Entry entry(Bytes key) {
        return new Entry(key, digest, value.length(), tag);
    }
}
