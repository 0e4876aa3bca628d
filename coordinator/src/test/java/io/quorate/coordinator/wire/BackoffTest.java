package io.quorate.coordinator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BackoffTest {
    @Property(tries = 100)
    void pausesDoubleUpToTheirBoundAndAreSpread(@ForAll long seed) {
        Backoff backoff = new Backoff(50, 2_000, new SplittableRandom(seed));
        assertThat(backoff.isFresh()).isTrue();

        for (int failure = 0; failure < 100; failure++) {
            int bound = Math.min(2_000, 50 << Math.min(failure, 10));
            assertThat(backoff.nextMillis()).isBetween(bound / 2L, (long) bound);
            assertThat(backoff.isFresh()).isFalse();
        }
        backoff.reset();

        assertThat(backoff.isFresh()).isTrue();
        assertThat(backoff.nextMillis()).isLessThanOrEqualTo(50);
    }
}
