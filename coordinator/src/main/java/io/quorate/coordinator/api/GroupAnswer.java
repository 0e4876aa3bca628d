package io.quorate.coordinator.api;

import io.quorate.core.Key;
import java.util.List;

/**
 * What r replicas know of a group: a consistent prefix of its writes, if r and the w of those writes overlap.
 *
 * @param entries keys that have a live value, by name
 * @param n the replicas asked
 * @param replies how many had answered
 * @param overlap whether r and the bucket's w are enough for this read to meet every acknowledged write
 */
public record GroupAnswer(List<Entry> entries, int n, int r, int replies, boolean overlap) {
    /** One key, as a read of it alone would show it. */
    public record Entry(Key key, ReadAnswer read) {}
}
