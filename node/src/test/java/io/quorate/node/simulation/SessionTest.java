package io.quorate.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Sessions at r=w=1 through wandering nodes: what they are promised, and that nobody gets it without tokens. */
final class SessionTest {
    private static final int NODES = 5;
    private static final Rules RULES = new Rules(true, false, false, false);

    @Test
    void ofTenThousandSessionsNoneMissesItsWritesOrReadsBackwards(TestReporter reporter) {
        List<SimulatedSession.Counts> found = play(20, 500, true);

        assertThat(sum(found, counts -> counts.stale)).isZero();
        assertThat(sum(found, counts -> counts.backward)).isZero();
        int reads = sum(found, counts -> counts.reads);
        int refused = sum(found, counts -> counts.refused);
        assertThat(reads).isGreaterThan(10_000);
        assertThat(refused).as("refusals are the exception").isLessThan(reads / 10);
        reporter.publishEntry("10000 sessions", reads + " reads, " + refused + " times 504");
    }

    @Test
    void withoutTokensTheyDo(TestReporter reporter) {
        List<SimulatedSession.Counts> found = play(5, 200, false);

        int stale = sum(found, counts -> counts.stale);
        int backward = sum(found, counts -> counts.backward);
        assertThat(stale).isGreaterThan(10);
        assertThat(backward).isGreaterThan(10);
        reporter.publishEntry("1000 sessions without tokens", stale + " stale reads, " + backward + " backward");
    }

    private static List<SimulatedSession.Counts> play(int seeds, int sessions, boolean carryTokens) {
        return LongStream.range(0, seeds)
                .parallel()
                .mapToObj(seed -> new SessionRun(seed, NODES, RULES, sessions, carryTokens).run())
                .toList();
    }

    private static int sum(List<SimulatedSession.Counts> found, ToIntFunction<SimulatedSession.Counts> count) {
        return found.stream().mapToInt(count).sum();
    }
}
