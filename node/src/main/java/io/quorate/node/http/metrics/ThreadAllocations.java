package io.quorate.node.http.metrics;

import com.sun.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * Bytes that the threads of this process have ever allocated on the heap, exact to the last byte where the collector's own counts are
 * only as fine as its collections. What a thread allocates between the last look and its end is not seen.
 */
final class ThreadAllocations {
    private final ThreadMXBean threads;
    private Map<Long, Long> living = Map.of();
    private long byEnded;

    ThreadAllocations(ThreadMXBean threads) {
        this.threads = threads;
    }

    synchronized long bytes() {
        long[] ids = threads.getAllThreadIds();
        long[] allocated = threads.getThreadAllocatedBytes(ids);
        Map<Long, Long> now = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            // Of one that has just ended it is -1.
            if (allocated[i] >= 0) {
                now.put(ids[i], allocated[i]);
            }
        }
        living.forEach((id, bytes) -> byEnded += now.containsKey(id) ? 0 : bytes);
        living = now;
        return byEnded + now.values().stream().mapToLong(Long::longValue).sum();
    }
}
