package io.quorate.coordinator.wire;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** What a class logs, from info upwards, kept from the console. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;

    LogCapture(Class<?> source) {
        logger = (Logger) LoggerFactory.getLogger(source);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(this);
        start();
    }

    /** Waits for a line that holds {@code part}; false when none came in time. */
    synchronized boolean await(String part) {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try {
            while (lines.stream().noneMatch(line -> line.contains(part))) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
                if (leftMillis <= 0) {
                    return false;
                }
                wait(leftMillis);
            }
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Override
    protected void append(ILoggingEvent event) {
        synchronized (this) {
            lines.add(event.getFormattedMessage());
            notifyAll();
        }
    }
}
