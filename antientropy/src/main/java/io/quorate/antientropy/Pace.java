package io.quorate.antientropy;

import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How much of the node background repair may use: so many transfers at once, and so many bytes a second.
 *
 * <p>Transfers go in groups, whose round trips and group commits they share. They queue where clients' requests do, so when clients wait
 * longer, groups take longer too. The number of groups at once grows by one for each round of good ones and is halved when they take
 * longer than they can, as with LEDBAT (RFC 6817). While clients are served, groups go one at a time with pauses between them, which little
 * delay makes longer; while none are, the machine is repair's.
 */
public final class Pace {
    /** One transfer at a time, with the longest pauses between, would be five keys a second. */
    private static final int GROUP = 16;

    private static final int AT_ONCE_MAX = 8;
    private static final double AT_ONCE_MIN = 1;
    /** Waiting in queues that is not yet a sign of too much: a few group commits on a busy disk, or a collector's pause. */
    private static final long TOLERATED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A quarter of a group at once is one, and a rest three times as long as it took. */
    private static final double AT_ONCE_MAX_BESIDE_CLIENTS = 0.25;

    /** Likewise, a rest nineteen times as long as the group took. */
    private static final double AT_ONCE_MIN_BESIDE_CLIENTS = 0.05;
    /** A peer that does not answer makes no client wait. */
    private static final long REST_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);
    /** About one group commit. */
    private static final long TOLERATED_BESIDE_CLIENTS_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    /** In a window; fewer requests than that are somebody's look at the cluster's health. */
    private static final int CLIENT_REQUESTS_MIN = 20;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long BASE_LIFETIME_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Clock clock;
    private final Scheduler scheduler;
    private final long bytesPerSecondMax;
    private final Deque<Task> waiting = new ArrayDeque<>();

    private double atOnce = AT_ONCE_MIN;
    private int running;
    private int sinceHalved;
    private long baseNanos = Long.MAX_VALUE;
    private long baseSetNanos;
    private long bytesAllowed;
    private long refilledNanos;
    private boolean refillScheduled;
    private boolean resting;
    private long windowBegunNanos;
    private int clientRequests;
    private boolean besideClients;

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
        this.windowBegunNanos = refilledNanos;
    }

    /** A client's request is served here. */
    public void onClientRequest() {
        clientRequests++;
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
        waiting.add(task);
        proceed();
    }

    /** Starts what waits, as far as it goes; all that was asked for in the same turn is in it. */
    private void startGroup() {
        List<Task> tasks = new ArrayList<>(GROUP);
        while (tasks.size() < GROUP && !waiting.isEmpty()) {
            tasks.add(waiting.poll());
        }
        if (tasks.isEmpty()) {
            running--;
            return;
        }
        Group group = new Group(tasks.size(), clock.monotonicNanos());
        tasks.forEach(task -> task.run(group));
    }

    /** Transfers that were begun together. */
    private final class Group implements Transfer {
        private final long begun;
        private int left;

        Group(int size, long begun) {
            this.left = size;
            this.begun = begun;
        }

        @Override
        public void end(long bytes) {
            bytesAllowed -= bytes;
            left--;
            if (left == 0) {
                endGroup(clock.monotonicNanos() - begun);
            }
        }
    }

    private void endGroup(long tookNanos) {
        running--;
        judge(tookNanos);
        if (atOnce < 1) {
            rest(Math.min(REST_NANOS_MAX, (long) (tookNanos * (1 / atOnce - 1))));
        }
        proceed();
    }

    private void rest(long nanos) {
        resting = true;
        scheduler.schedule(1 + TimeUnit.NANOSECONDS.toMillis(nanos), () -> {
            resting = false;
            proceed();
        });
    }

    private void judge(long tookNanos) {
        long now = clock.monotonicNanos();
        countClients(now);
        double min = besideClients ? AT_ONCE_MIN_BESIDE_CLIENTS : AT_ONCE_MIN;
        double max = besideClients ? AT_ONCE_MAX_BESIDE_CLIENTS : AT_ONCE_MAX;
        long tolerated = besideClients ? TOLERATED_BESIDE_CLIENTS_NANOS : TOLERATED_NANOS;
        if (tookNanos < baseNanos || now - baseSetNanos > BASE_LIFETIME_NANOS) {
            baseNanos = tookNanos;
            baseSetNanos = now;
        }
        sinceHalved++;
        if (tookNanos > 2 * baseNanos + tolerated) {
            if (sinceHalved > atOnce) {
                atOnce /= 2;
                sinceHalved = 0;
            }
        } else {
            atOnce += atOnce < 1 ? atOnce / 8 : 1 / atOnce;
        }
        atOnce = Math.max(min, Math.min(max, atOnce));
    }

    private void countClients(long now) {
        long elapsed = now - windowBegunNanos;
        if (elapsed >= WINDOW_NANOS) {
            // After hours without repair, few requests in all of them are not many now.
            besideClients = clientRequests / (double) elapsed >= CLIENT_REQUESTS_MIN / (double) WINDOW_NANOS;
            clientRequests = 0;
            windowBegunNanos = now;
        }
    }

    private void proceed() {
        refill();
        while (!resting && running < Math.max(1, (int) atOnce) && bytesAllowed > 0 && !waiting.isEmpty()) {
            running++;
            // Not within this call: a group that ends at once would start the next one inside itself.
            scheduler.execute(this::startGroup);
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
