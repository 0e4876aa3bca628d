package io.quorate.node.storage.index;

import io.quorate.node.storage.segment.Place;
import java.nio.ByteBuffer;
import org.mapdb.DataInput2;

/**
 * Where in the mapped file the place lies that a lookup has come to, so that the next one can be written over it: all places are of
 * one size, so the rest of its node stays as it is and need not be written anew.
 *
 * <p>Only for who holds the index's write lock, and only until the tree is changed. Other lookups leave no trace here.
 */
final class MappedPlace {
    private boolean sought;
    private ByteBuffer file;
    private int at;

    /** From here on a lookup tells where it came to. */
    void seek() {
        sought = true;
        file = null;
    }

    /** From here on lookups do not. */
    void rest() {
        sought = false;
    }

    /** A lookup reads a place here; one that is not mapped cannot be written over. */
    void reads(DataInput2 in) {
        if (sought) {
            file = in.internalByteBuffer();
            at = in.getPos();
        }
    }

    /** Writes over what was found; false when nothing was. */
    boolean overwrite(Place place) {
        if (file == null) {
            return false;
        }
        PlaceGroupSerializer.encode(place, file, at);
        return true;
    }
}
