package io.quorate.node.storage;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What the writer has done so far. From any thread. */
final class WriterCounts {
    private final LongAdder groups = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** Takes note of a group that is durable, and of how long it took to write. */
    void add(int recordsOfGroup, long nanosOfGroup) {
        groups.increment();
        records.add(recordsOfGroup);
        nanos.add(nanosOfGroup);
    }

    StoreStatus.Writes writes(long waitingBytes, long fsyncs) {
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos.sum());
        return new StoreStatus.Writes(waitingBytes, fsyncs, groups.sum(), records.sum(), micros);
    }
}
