package io.quorate.coordinator.operation;

import io.quorate.core.Key;
import io.quorate.core.version.Siblings;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What r replicas know of a group's keys, before their bucket's policy has made of it what a reader is shown.
 *
 * @param n the replicas asked
 * @param replies how many had answered
 * @param overlap whether r and the bucket's w are enough for this read to meet every acknowledged write
 */
record GroupReading(SortedMap<Key, Siblings> merged, int n, int r, int replies, boolean overlap) {
    Reading of(Key key) {
        return new Reading(merged.get(key), n, r, replies, overlap, Optional.empty());
    }
}
