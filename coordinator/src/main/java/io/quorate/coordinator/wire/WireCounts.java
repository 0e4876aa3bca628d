package io.quorate.coordinator.wire;

import java.util.concurrent.atomic.LongAdder;

/** What has gone over the wire, in and out, since the process began. Counted by event loops, read from anywhere. */
public final class WireCounts {
    private final LongAdder framesIn = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder framesOut = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder flushes = new LongAdder();
    private final LongAdder connected = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /**
     * The counts at one moment.
     *
     * @param flushes writes to sockets; frames by flushes is how many share one
     * @param connected connections opened, by either side
     * @param closed of them, closed again
     * @param refused calls that did not leave: the bound of calls in flight was reached, or there was no connection
     */
    public record Snapshot(
            long framesIn,
            long bytesIn,
            long framesOut,
            long bytesOut,
            long flushes,
            long connected,
            long closed,
            long refused) {}

    public Snapshot snapshot() {
        return new Snapshot(
                framesIn.sum(),
                bytesIn.sum(),
                framesOut.sum(),
                bytesOut.sum(),
                flushes.sum(),
                connected.sum(),
                closed.sum(),
                refused.sum());
    }

    void onFrameIn() {
        framesIn.increment();
    }

    void onBytesIn(int bytes) {
        bytesIn.add(bytes);
    }

    void onFrameOut() {
        framesOut.increment();
    }

    void onFlush(int bytes) {
        flushes.increment();
        bytesOut.add(bytes);
    }

    void onConnected() {
        connected.increment();
    }

    void onClosed() {
        closed.increment();
    }

    void onRefused() {
        refused.increment();
    }
}
