package io.quorate.coordinator.wire;

import io.quorate.core.port.Clock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Warnings about peers and strangers, who can make any number of them: only so many are written a minute, the rest counted. */
final class ProblemLog {
    private static final int LINES_MAX = 20;
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final Clock clock;
    private long windowStartNanos;
    private int lines;

    ProblemLog(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
        windowStartNanos = clock.monotonicNanos();
    }

    void warn(String message) {
        long now = clock.monotonicNanos();
        if (now - windowStartNanos >= WINDOW_NANOS) {
            if (lines > LINES_MAX) {
                log.warn("{} more such warnings were left out", lines - LINES_MAX);
            }
            windowStartNanos = now;
            lines = 0;
        }
        lines++;
        if (lines <= LINES_MAX) {
            // What strangers say of themselves may not look like lines of this log.
            log.warn("{}", message.replaceAll("\\p{Cntrl}", "?"));
        }
    }
}
