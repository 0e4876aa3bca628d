package io.quorate.node.http.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadAllocationsTest {
    private static final int BYTES = 10_000_000;

    private final ThreadAllocations allocations =
            new ThreadAllocations((ThreadMXBean) ManagementFactory.getThreadMXBean());
    private byte[] allocated = new byte[0];

    @Test
    void whatAThreadAllocatesIsCounted() {
        long before = allocations.bytes();
        allocated = new byte[BYTES];
        assertThat(allocations.bytes() - before).isBetween((long) allocated.length, 2L * BYTES);
    }

    @Test
    void whatAnEndedThreadHadAllocatedStaysCounted() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            allocated = new byte[BYTES];
            done.countDown();
            awaitUnchecked(end);
        });
        long before = allocations.bytes();
        thread.start();
        done.await();
        assertThat(allocations.bytes() - before).isGreaterThanOrEqualTo(BYTES);
        end.countDown();
        thread.join();
        assertThat(allocations.bytes() - before).isGreaterThanOrEqualTo(allocated.length);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
