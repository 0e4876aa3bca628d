package io.quorate.node.storage;

import io.quorate.node.storage.segment.Segment;
import io.quorate.node.storage.segment.Segments;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that forces what was written to the disk every so often, for {@link Durability#INTERVAL}. */
final class Syncer {
    private final Segments segments;
    private final StoreHealth health;
    private final int intervalMillis;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "store-sync");

    Syncer(Segments segments, StoreHealth health, int intervalMillis) {
        this.segments = segments;
        this.health = health;
        this.intervalMillis = intervalMillis;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stopped.countDown();
        thread.join();
    }

    private void run() {
        try {
            while (!stopped.await(intervalMillis, TimeUnit.MILLISECONDS)) {
                for (Segment segment : segments.all()) {
                    segment.forceIfDirty();
                }
            }
        } catch (IOException e) {
            health.fail("forcing to the disk failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but to end it.
            Thread.currentThread().interrupt();
        }
    }
}
