package io.quorate.coordinator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.runtime.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProblemLogTest {
    private final LogCapture capture = new LogCapture(ProblemLogTest.class);
    private final ManualClock clock = new ManualClock();
    private final ProblemLog problems = new ProblemLog(LoggerFactory.getLogger(ProblemLogTest.class), clock);

    @AfterEach
    void stop() {
        capture.close();
    }

    @Test
    void aStormIsCutOffAndItsRestCounted() {
        for (int i = 0; i < 100; i++) {
            problems.warn("problem " + i);
        }
        assertThat(capture.lines()).hasSize(20).first().isEqualTo("problem 0");

        clock.advanceMillis(60_000);
        problems.warn("another");
        assertThat(capture.lines()).hasSize(22).endsWith("80 more such warnings were left out", "another");
    }

    @Test
    void aLineStaysALine() {
        problems.warn("n1\nERROR: \u001b[31mforged");

        assertThat(capture.lines()).containsExactly("n1?ERROR: ?[31mforged");
    }
}
