package io.quorate.node.storage.cache;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Stored.Present;
import java.util.Arrays;

/**
 * Holds the value of one key; a value of about the same size takes its place without the cache hearing of it. For one thread.
 *
 * <p>A small value is copied in and out: the slot and its room are old objects, so a value that was only referred to would be kept
 * alive through pause after pause of the collector, which also had to look for it on the card of the slot. That was most of its work.
 * Beyond {@value #COPIED_MAX} bytes a copy would cost more.
 */
final class Slot {
    private static final int STEP_BYTES = 64;
    private static final int COPIED_MAX = 4 << 10;

    private final byte[] room;
    private int length;
    private long digest;
    private Bytes large = Bytes.EMPTY;

    Slot(Present stored) {
        Bytes value = stored.value();
        room = new byte[isLarge(value) ? 0 : roomFor(value)];
        set(stored);
    }

    Present stored() {
        return new Present(room.length == 0 ? large : Bytes.wrap(Arrays.copyOf(room, length)), digest);
    }

    /** The bytes that are counted for the value. */
    int room() {
        return room.length == 0 ? roomFor(large) : room.length;
    }

    /** Takes this value in place of its own; false when it is of another size. */
    boolean take(Present next) {
        if (roomFor(next.value()) != room()) {
            return false;
        }
        set(next);
        return true;
    }

    private void set(Present stored) {
        Bytes value = stored.value();
        digest = stored.digest();
        if (isLarge(value)) {
            large = value;
        } else {
            length = value.length();
            value.copyTo(room, 0);
        }
    }

    private static boolean isLarge(Bytes value) {
        return roomFor(value) > COPIED_MAX;
    }

    private static int roomFor(Bytes value) {
        return (value.length() / STEP_BYTES + 1) * STEP_BYTES;
    }
}
