package io.quorate.node.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The batches on their way from the shards to the writer thread, bounded by their bytes. */
final class WriteQueue {
    private final long bytesMax;
    private final ConcurrentLinkedQueue<WriteBatch> batches = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean parked = new AtomicBoolean();
    private volatile boolean closed;
    private volatile boolean nudged;
    private volatile Thread taker;

    WriteQueue(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Claims room for a batch; false when the bound is reached. What was claimed must be released. */
    boolean claim(long more) {
        if (bytes.addAndGet(more) <= bytesMax) {
            return true;
        }
        bytes.addAndGet(-more);
        return false;
    }

    void release(long done) {
        bytes.addAndGet(-done);
    }

    long bytes() {
        return bytes.get();
    }

    /** Hands a batch over; false when nobody will take it any more. */
    boolean offer(WriteBatch batch) {
        if (closed) {
            return false;
        }
        batches.add(batch);
        // The taker may have left between the two lines above; whoever removes the batch now answers for it.
        if (closed && batches.remove(batch)) {
            return false;
        }
        // Only a taker that sleeps needs to be woken, which costs more than all the rest.
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(taker);
        }
        return true;
    }

    /** Takes a batch out again; false when the taker has it already. */
    boolean withdraw(WriteBatch batch) {
        return batches.remove(batch);
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    boolean isClosed() {
        return closed;
    }

    /** Has the taker look around, though there may be no batch. */
    void nudge() {
        nudged = true;
        if (parked.get()) {
            LockSupport.unpark(taker);
        }
    }

    /** Takes no more batches; those inside are still to be taken out. */
    void close() {
        closed = true;
        LockSupport.unpark(taker);
    }

    /** All that waits, up to about so many bytes, but at least one batch; empty when there is none. Only for one thread. */
    WriteGroup take(long groupBytes) {
        List<WriteBatch> group = new ArrayList<>();
        long taken = 0;
        WriteBatch next = batches.peek();
        while (next != null && (group.isEmpty() || next.bytes() <= groupBytes - taken)) {
            group.add(batches.poll());
            taken += next.bytes();
            next = batches.peek();
        }
        return new WriteGroup(group, taken);
    }

    /** Waits, for so long at most, until there is a batch or no more will come. Only for the thread that takes. */
    void await(long nanos) {
        taker = Thread.currentThread();
        parked.set(true);
        if (batches.isEmpty() && !closed && !nudged) {
            LockSupport.parkNanos(this, nanos);
        }
        parked.set(false);
        nudged = false;
    }
}
