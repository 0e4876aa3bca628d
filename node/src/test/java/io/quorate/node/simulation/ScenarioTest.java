package io.quorate.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.node.simulation.Scenario.Verdict;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios of {@code scripts/simulate}, on as many seeds as every build can afford. */
final class ScenarioTest {
    private static final int SEEDS = 50;

    /** Each seed twice: the same seed is the same history, or no failure could be looked into. */
    @ParameterizedTest
    @EnumSource
    void keepsItsPromisesOnEverySeed(Scenario scenario) {
        List<Verdict> verdicts = LongStream.range(0, SEEDS)
                .parallel()
                .mapToObj(seed -> {
                    Verdict verdict = scenario.play(seed);
                    assertThat(scenario.play(seed)).as("seed %d again", seed).isEqualTo(verdict);
                    return verdict;
                })
                .toList();

        int writes = verdicts.stream().mapToInt(Verdict::writes).sum();
        // The faults must leave something to check, and must hurt.
        assertThat(verdicts.stream().mapToInt(Verdict::acknowledged).sum())
                .isGreaterThan(writes / 3)
                .isLessThan(writes);
        assertThat(verdicts.stream().mapToInt(Verdict::comparisons).sum()).isGreaterThan(SEEDS * 100);
        assertThat(verdicts.stream().map(Verdict::traceHash).distinct()).hasSize(SEEDS);
    }

    /**
     * The first two once lost an acknowledged write: a batch was taken back between a read of its key and the next write. The others
     * kept fallback copies for good: storage failed, or the node did, after a partition's debt was removed and before its copies were.
     */
    @ParameterizedTest
    @ValueSource(longs = {60, 65, 39, 82, 94})
    void keepsItsPromisesWhereItOnceDidNot(long seed) {
        assertThat(Scenario.FALLBACKS.play(seed).acknowledged()).isPositive();
    }

    /**
     * In the first two a removal was acknowledged that had removed nothing: the read before it failed, and its replica had not seen the
     * addition. In the last a token named a second dot that was lost with the replica that had minted it, and was never honoured again.
     */
    @ParameterizedTest
    @ValueSource(longs = {107, 129, 186})
    void patchesAsItsClientHadSeen(long seed) {
        assertThat(Scenario.PATCHES.play(seed).acknowledged()).isPositive();
    }

    /** A client saw a write under the second of its two dots, hidden behind a greater number: the oracle took it for lost. */
    @Test
    void excusesWhatWasReplacedUnderItsSecondDot() {
        assertThat(Scenario.POLICIES.play(408).acknowledged()).isPositive();
    }
}
