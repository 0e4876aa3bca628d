package io.quorate.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.node.simulation.Scenario.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios of {@code scripts/simulate}, on as many seeds as every build can afford. */
final class ScenarioTest {
    private static final int SEEDS = 100;

    @ParameterizedTest
    @EnumSource
    void keepsItsPromisesOnEverySeed(Scenario scenario) {
        int writes = 0;
        int acknowledged = 0;
        int comparisons = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Verdict verdict = scenario.play(seed);
            writes += verdict.writes();
            acknowledged += verdict.acknowledged();
            comparisons += verdict.comparisons();
        }
        // The faults must leave something to check, and must hurt.
        assertThat(acknowledged).isGreaterThan(writes / 3).isLessThan(writes);
        assertThat(comparisons).isGreaterThan(SEEDS * 100);
    }

    /** Each of these once lost an acknowledged write: a batch was taken back between a read of its key and the next write. */
    @ParameterizedTest
    @ValueSource(longs = {60, 65})
    void keepsItsPromisesWhereItOnceDidNot(long seed) {
        assertThat(Scenario.FALLBACKS.play(seed).acknowledged()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void playsASeedTheSameWayTwice(Scenario scenario) {
        for (long seed = 0; seed < 10; seed++) {
            assertThat(scenario.play(seed)).isEqualTo(scenario.play(seed));
        }
        assertThat(scenario.play(1).traceHash()).isNotEqualTo(scenario.play(2).traceHash());
    }
}
