package io.quorate.node.storage.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScrubberTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    @Test
    void aSmallStoreIsReadEvenlyOverTheTimeOfALargerOne() {
        assertThat(Scrubber.paced(10 * MIB, 10 * MIB, 0)).isEqualTo(GIB);
        assertThat(Scrubber.paced(MIB, 4 * MIB, GIB / 2)).isEqualTo(GIB / 4);
    }

    @Test
    void aLargeStoreIsReadAtItsRate() {
        assertThat(Scrubber.paced(MIB, GIB, 0)).isEqualTo(MIB);
        assertThat(Scrubber.paced(MIB, 50 * GIB, 10 * GIB)).isEqualTo(MIB);
    }

    @Test
    void aPassOverAStoreThatGrewMeanwhileDoesNotLastForEver() {
        assertThat(Scrubber.paced(MIB, 0, 0)).isEqualTo(GIB);
        assertThat(Scrubber.paced(MIB, 0, GIB)).isEqualTo(MIB);
        assertThat(Scrubber.paced(MIB, 2 * MIB, GIB - 10 * MIB)).isEqualTo(10 * MIB);
    }
}
