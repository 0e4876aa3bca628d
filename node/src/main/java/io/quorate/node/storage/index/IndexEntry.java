package io.quorate.node.storage.index;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Entry;
import io.quorate.node.storage.segment.Place;

/** A key and where its latest record lies. */
public record IndexEntry(Bytes key, Place place) {
    /** What of it is shown outside. */
    public Entry entry() {
        return new Entry(key, place.digest(), place.length(), place.tag());
    }
}
