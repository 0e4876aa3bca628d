package io.quorate.coordinator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WireLimitsTest {
    @Test
    void limitsThatCannotWorkAreRefusedByName() {
        assertThat(WireLimits.DEFAULT.frameBytesMax()).isEqualTo(8 * 1024 * 1024);
        assertRefused("frameBytesMax", 1_000, 1, 2_000, 50, 100);
        assertRefused("callsInFlightMax", 100_000, 0, 100_000, 50, 100);
        assertRefused("callsInFlightMax", 100_000, 70_000, 100_000, 50, 100);
        assertRefused("outboundBytesMax", 100_000, 1, 99_999, 50, 100);
        assertRefused("reconnectMillisMax", 100_000, 1, 100_000, 50, 49);
    }

    private static void assertRefused(
            String name, int frameBytesMax, int callsMax, long outboundMax, int reconnectMin, int reconnectMax) {
        assertThatThrownBy(() ->
                        new WireLimits(frameBytesMax, callsMax, 1, outboundMax, 1, 1, 1, reconnectMin, reconnectMax, 1))
                .hasMessageContaining(name);
    }
}
