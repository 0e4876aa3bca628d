package io.quorate.antientropy;

import io.quorate.core.port.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Which initiator each partition is being exchanged with: one at a time, so that no difference is repaired twice at once. */
final class Claims {
    /** An initiator that was silent for so long is taken to be gone. */
    static final long SILENCE_MILLIS_MAX = 5_000;

    private final Clock clock;
    private final Map<Integer, Claim> claims = new TreeMap<>();

    private record Claim(String initiator, long lastHeardNanos) {}

    Claims(Clock clock) {
        this.clock = clock;
    }

    /** Gives the partition to the initiator, or lets it keep it; false when another one has it. */
    boolean claim(int partition, String initiator) {
        if (!isFreeFor(partition, initiator)) {
            return false;
        }
        claims.put(partition, new Claim(initiator, clock.monotonicNanos()));
        return true;
    }

    void release(int partition, String initiator) {
        if (isFreeFor(partition, initiator)) {
            claims.remove(partition);
        }
    }

    private boolean isFreeFor(int partition, String initiator) {
        Claim claim = claims.get(partition);
        return claim == null
                || claim.initiator().equals(initiator)
                || clock.monotonicNanos() - claim.lastHeardNanos() > TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS_MAX);
    }
}
