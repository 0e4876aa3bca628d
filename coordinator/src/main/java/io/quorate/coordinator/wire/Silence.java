package io.quorate.coordinator.wire;

/** How long a peer has owed a sign of life: since the first request that was sent after the last frame that came. */
final class Silence {
    private final long nanosMax;
    private boolean owed;
    private long sinceNanos;

    Silence(long nanosMax) {
        this.nanosMax = nanosMax;
    }

    void onSent(long nowNanos) {
        if (!owed) {
            owed = true;
            sinceNanos = nowNanos;
        }
    }

    void onReceived() {
        owed = false;
    }

    boolean isTooLong(long nowNanos) {
        return owed && nowNanos - sinceNanos >= nanosMax;
    }
}
