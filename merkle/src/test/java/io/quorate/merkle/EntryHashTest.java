package io.quorate.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EntryHashTest {
    @Test
    void isNeverTheHashOfNoEntry() {
        for (long key = 0; key < 1000; key++) {
            long stateThatCancelsTheKey = -Mix.join(0, key) * 0x9E3779B97F4A7C15L;
            assertThat(EntryHash.of(key, stateThatCancelsTheKey)).isEqualTo(1);
        }
    }

    @Test
    void poorHashesOfKeysAndStatesStillGiveDifferentEntries() {
        Set<Long> hashes = new HashSet<>();
        for (int key = 0; key < 500; key++) {
            for (int state = 0; state < 500; state++) {
                hashes.add(EntryHash.of(key, state));
            }
        }
        assertThat(hashes).hasSize(250_000);
    }

    @Property(tries = 2000)
    void entriesThatSwappedTheirStatesDoNotCancel(@ForAll long a, @ForAll long b, @ForAll long x, @ForAll long y) {
        long one = EntryHash.of(a, x) ^ EntryHash.of(b, y);
        long swapped = EntryHash.of(a, y) ^ EntryHash.of(b, x);
        assertThat(one == swapped).isEqualTo(a == b || x == y);
    }

    @Property(tries = 2000)
    void entriesOfOneStateDoNotCancel(@ForAll long a, @ForAll long b, @ForAll long x, @ForAll long y) {
        long before = EntryHash.of(a, x) ^ EntryHash.of(b, x);
        long after = EntryHash.of(a, y) ^ EntryHash.of(b, y);
        assertThat(before == 0).isEqualTo(a == b);
        assertThat(before == after).isEqualTo(a == b || x == y);
    }

    @Property(tries = 20)
    void eachBitInMovesAboutHalfOfTheBitsOut(@ForAll long seed) {
        Random random = new Random(seed);
        for (int bit = 0; bit < 64; bit++) {
            int movedByKey = 0;
            int movedByState = 0;
            for (int i = 0; i < 1000; i++) {
                long key = random.nextLong();
                long state = random.nextLong();
                long hash = EntryHash.of(key, state);
                movedByKey += Long.bitCount(hash ^ EntryHash.of(key ^ 1L << bit, state));
                movedByState += Long.bitCount(hash ^ EntryHash.of(key, state ^ 1L << bit));
            }
            assertThat(movedByKey / 1000.0).isBetween(30.0, 34.0);
            assertThat(movedByState / 1000.0).isBetween(30.0, 34.0);
        }
    }
}
