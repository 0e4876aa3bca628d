package io.quorate.node.simulation;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import java.util.BitSet;
import java.util.Optional;

/** One write that a client tried, and all it knew when it did. */
final class Attempt {
    final int id;
    final Key key;
    final boolean delete;
    /** Ids of the writes that this one replaces: all that its client had seen of the key, and all that those had. */
    final BitSet past;

    /** Whether a client was told that it is durable on w nodes. */
    boolean acknowledged;
    /** Whether that w, of the key's own replicas alone, meets every later strict read. */
    boolean acknowledgedStrictly;

    Attempt(int id, Key key, boolean delete, BitSet past) {
        this.id = id;
        this.key = key;
        this.delete = delete;
        this.past = past;
    }

    String idempotencyKey() {
        return "write-" + id;
    }

    Optional<Bytes> value() {
        return delete ? Optional.empty() : Optional.of(Bytes.utf8(Integer.toString(id)));
    }

    @Override
    public String toString() {
        return (delete ? "delete " : "put ") + id + " of " + key;
    }
}
