package io.quorate.node.storage.compaction;

/** Spreads work over time: so many bytes a second. For one thread. */
public final class Throttle {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long bytesPerSecond;
    private long readyNanos;

    public Throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /**
     * Takes note of work done, and says how long to rest before more.
     *
     * @param speed how many times faster than usual; zero for no rest
     */
    public long restNanos(long bytes, int speed, long nowNanos) {
        if (speed == 0) {
            readyNanos = nowNanos;
            return 0;
        }
        double seconds = (double) bytes / bytesPerSecond / speed;
        long start = readyNanos - nowNanos > 0 ? readyNanos : nowNanos;
        readyNanos = start + (long) (seconds * NANOS_PER_SECOND);
        return readyNanos - nowNanos;
    }
}
