package io.quorate.node.storage.index;

import io.quorate.node.storage.segment.Place;
import java.util.Optional;

/** What can be done to the index while its write lock is held. */
public interface IndexChanges {
    /** Points the key at a place, and says where it pointed before. */
    Optional<Place> put(byte[] key, Place place);

    /** Forgets the key, and says where it pointed. */
    Optional<Place> remove(byte[] key);

    /** Points the key at a place, but only if it still points at the same record as this one. */
    boolean replace(byte[] key, Place expected, Place place);
}
