package io.quorate.simulation;

import io.quorate.core.Bytes;
import java.util.Optional;
import java.util.SortedMap;

/** A disk as it was at some moment, without what was not durable then: a backup. */
public final class DiskSnapshot {
    private final SortedMap<Bytes, Row> rows;
    private final Optional<CleanStop> cleanStop;

    DiskSnapshot(SortedMap<Bytes, Row> rows, Optional<CleanStop> cleanStop) {
        this.rows = rows;
        this.cleanStop = cleanStop;
    }

    SortedMap<Bytes, Row> rows() {
        return rows;
    }

    Optional<CleanStop> cleanStop() {
        return cleanStop;
    }
}
