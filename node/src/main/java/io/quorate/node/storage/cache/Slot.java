package io.quorate.node.storage.cache;

import io.quorate.core.Bytes;

/** Holds the value of one key; a value of about the same size takes its place without the cache hearing of it. For one thread. */
final class Slot {
    private static final int STEP_BYTES = 64;

    private final int room;
    private Bytes value;

    Slot(Bytes value) {
        this.value = value;
        room = room(value);
    }

    Bytes value() {
        return value;
    }

    /** The bytes that are counted for the value. */
    int room() {
        return room;
    }

    /** Takes this value in place of its own; false when it is of another size. */
    boolean take(Bytes next) {
        if (room(next) != room) {
            return false;
        }
        value = next;
        return true;
    }

    private static int room(Bytes value) {
        return value.length() - value.length() % STEP_BYTES + STEP_BYTES / 2;
    }
}
