package io.quorate.coordinator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {
    private final Silence silence = new Silence(100);

    @Test
    void aPeerThatWasAskedNothingOwesNothing() {
        assertThat(silence.isTooLong(1_000_000)).isFalse();
    }

    @Test
    void silenceCountsFromTheFirstRequestAfterTheLastSignOfLife() {
        silence.onSent(1_000);
        silence.onSent(1_090);
        assertThat(silence.isTooLong(1_099)).isFalse();
        assertThat(silence.isTooLong(1_100)).isTrue();

        silence.onReceived();
        assertThat(silence.isTooLong(5_000)).isFalse();
        silence.onSent(5_000);
        assertThat(silence.isTooLong(5_099)).isFalse();
    }
}
