package io.quorate.antientropy;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * How much of the node background repair may use: so many transfers at once, and so many bytes a second.
 *
 * <p>Transfers queue where clients' requests do, so when clients wait longer, transfers take longer too. Their number at once grows
 * by one for each round of good ones and is halved when they take much longer than they can: it gives way to clients without a
 * signal from them, as LEDBAT does (RFC 6817).
 */
public final class Pace {
    private static final int AT_ONCE_MAX = 128;
    private static final int AT_ONCE_MIN = 2;
    private static final double AT_ONCE_FIRST = 16;
    /** Waiting in queues that is not yet a sign of too much: a few group commits on a busy disk, or a collector's pause. */
    private static final long TOLERATED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long BASE_LIFETIME_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Clock clock;
    private final Scheduler scheduler;
    private final long bytesPerSecondMax;
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private double atOnce = AT_ONCE_FIRST;
    private int running;
    private int sinceHalved;
    private long baseNanos = Long.MAX_VALUE;
    private long baseSetNanos;
    private long bytesAllowed;
    private long refilledNanos;
    private boolean refillScheduled;

    /**
     * Creates the budget of one shard.
     *
     * @param bytesPerSecondMax too small: a replica that lost its disk stays alone for long; too large: clients feel the repair
     */
    public Pace(Clock clock, Scheduler scheduler, long bytesPerSecondMax) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.bytesPerSecondMax = bytesPerSecondMax;
        this.bytesAllowed = bytesPerSecondMax;
        this.refilledNanos = clock.monotonicNanos();
    }

    /** One transfer under way. */
    public interface Transfer {
        /** Ends it: {@code bytes} were sent and received for it. */
        void end(long bytes);
    }

    /** What is to be done when its time has come. */
    public interface Task {
        void run(Transfer transfer);
    }

    /** Runs the task as soon as the budget allows; it must end the transfer that it is given, once. */
    public void acquire(Task task) {
        waiting.add(() -> {
            long begun = clock.monotonicNanos();
            task.run(bytes -> end(begun, bytes));
        });
        proceed();
    }

    private void end(long begun, long bytes) {
        running--;
        bytesAllowed -= bytes;
        judge(clock.monotonicNanos() - begun);
        proceed();
    }

    private void judge(long tookNanos) {
        long now = clock.monotonicNanos();
        if (tookNanos < baseNanos || now - baseSetNanos > BASE_LIFETIME_NANOS) {
            baseNanos = tookNanos;
            baseSetNanos = now;
        }
        sinceHalved++;
        if (tookNanos > 2 * baseNanos + TOLERATED_NANOS) {
            if (sinceHalved > atOnce) {
                atOnce = Math.max(AT_ONCE_MIN, atOnce / 2);
                sinceHalved = 0;
            }
        } else {
            atOnce = Math.min(AT_ONCE_MAX, atOnce + 1 / atOnce);
        }
    }

    private void proceed() {
        refill();
        while (running < (int) atOnce && bytesAllowed > 0 && !waiting.isEmpty()) {
            running++;
            // Not within this call: a transfer that ends at once would start the next one inside itself.
            scheduler.execute(waiting.poll());
        }
        if (bytesAllowed <= 0 && !waiting.isEmpty() && !refillScheduled) {
            refillScheduled = true;
            long millis = 1 + TimeUnit.SECONDS.toMillis(-bytesAllowed) / bytesPerSecondMax;
            scheduler.schedule(millis, () -> {
                refillScheduled = false;
                proceed();
            });
        }
    }

    private void refill() {
        long now = clock.monotonicNanos();
        double seconds = (now - refilledNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        long more = (long) (seconds * bytesPerSecondMax);
        if (more > 0) {
            bytesAllowed = Math.min(bytesPerSecondMax, bytesAllowed + more);
            refilledNanos = now;
        }
    }
}
