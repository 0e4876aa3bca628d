package io.quorate.node.storage;

import io.quorate.core.port.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one shard has asked of the disk and not been answered. Reader threads take from it as long as there is something, and
 * bring back several answers with one task; so under load neither way costs a hand-over for each.
 */
final class ReadQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ReadQueue.class);
    private static final int READERS_PER_SHARD = 2;
    /** One reader alone takes so many: waking another costs more than they do, unless the disk is slow. */
    private static final int WAITING_FOR_SECOND = 16;

    private static final int ANSWERS_PER_TASK = 16;

    private final Scheduler scheduler;
    private final Executor readers;
    private final StoredValues values;
    private final ConcurrentLinkedQueue<PendingRead> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger length = new AtomicInteger();

    ReadQueue(Scheduler scheduler, Executor readers, StoredValues values) {
        this.scheduler = scheduler;
        this.readers = readers;
        this.values = values;
    }

    void add(PendingRead read) {
        length.incrementAndGet();
        waiting.add(read);
        startReader();
    }

    private void startReader() {
        int now = running.get();
        while (now == 0 || (now < READERS_PER_SHARD && length.get() > WAITING_FOR_SECOND)) {
            if (running.compareAndSet(now, now + 1)) {
                execute();
                return;
            }
            now = running.get();
        }
    }

    private void execute() {
        try {
            readers.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // The store has been closed; nobody waits for answers any more.
            waiting.clear();
        }
    }

    private void drain() {
        List<PendingRead> answered = take();
        while (!answered.isEmpty()) {
            List<PendingRead> batch = answered;
            scheduler.execute(() -> batch.forEach(PendingRead::answer));
            answered = take();
        }
        running.decrementAndGet();
        // One may have come after the last look, and found enough readers running.
        if (!waiting.isEmpty()) {
            startReader();
        }
    }

    private void read(PendingRead next) {
        try {
            next.read(values);
        } catch (RuntimeException | Error e) {
            LOG.error("a read ended in an error", e);
            next.fail();
        }
    }

    private List<PendingRead> take() {
        List<PendingRead> done = new ArrayList<>();
        PendingRead next = waiting.poll();
        while (next != null) {
            length.decrementAndGet();
            read(next);
            done.add(next);
            next = done.size() < ANSWERS_PER_TASK ? waiting.poll() : null;
        }
        return done;
    }
}
