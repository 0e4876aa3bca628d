package io.quorate.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.version.CausalRun.CausalityError;
import io.quorate.core.version.CausalRun.Flaw;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The version scheme against an oracle of full histories: no concurrent write is dropped, no superseded one kept. */
class CausalityTest {
    private static final int RUNS = 600;
    private static final int COMPARISONS_MIN = 100_000;
    /** Enough for every flaw to show itself, with room to spare. */
    private static final int RUNS_TO_SHOW_A_FLAW = 200;

    @Test
    void replicasHoldExactlyTheWritesThatNothingHasSuperseded() {
        long first = new Random().nextInt();
        int comparisons = 0;
        for (long seed = first; seed < first + RUNS; seed++) {
            comparisons += new CausalRun(seed, 3, Flaw.NONE, false).run(40).size();
            comparisons += new CausalRun(seed, 3, Flaw.NONE, true).run(40).size();
            comparisons += new CausalRun(seed, 5, Flaw.NONE, true).run(80).size();
        }
        assertThat(comparisons).isGreaterThan(COMPARISONS_MIN);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theOracleNoticesABrokenScheme(Flaw flaw) {
        assertThatThrownBy(() -> {
                    for (long seed = 0; seed < RUNS_TO_SHOW_A_FLAW; seed++) {
                        new CausalRun(seed, 3, flaw, true).run(40);
                    }
                })
                .isInstanceOf(CausalityError.class)
                .hasMessageStartingWith("seed ");
    }
}
