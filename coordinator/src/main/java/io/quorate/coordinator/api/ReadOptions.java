package io.quorate.coordinator.api;

import io.quorate.core.cluster.Quorum;
import java.util.Optional;

/**
 * How to read. What is empty is the bucket's.
 *
 * @param n replicas to ask: a number or {@code all} (of the members)
 * @param r replies to wait for
 * @param sloppy whether a fallback may answer for an unreachable primary
 */
public record ReadOptions(
        Optional<Quorum> n, Optional<Quorum> r, Optional<Boolean> sloppy, int timeoutMillis, ReadRepair repair) {
    public static final ReadOptions DEFAULT =
            new ReadOptions(Optional.empty(), Optional.empty(), Optional.empty(), 2_000, ReadRepair.ASYNC);

    public ReadOptions withR(Quorum newR) {
        return new ReadOptions(n, Optional.of(newR), sloppy, timeoutMillis, repair);
    }

    public ReadOptions withTimeoutMillis(int newTimeoutMillis) {
        return new ReadOptions(n, r, sloppy, newTimeoutMillis, repair);
    }

    public ReadOptions withRepair(ReadRepair newRepair) {
        return new ReadOptions(n, r, sloppy, timeoutMillis, newRepair);
    }
}
