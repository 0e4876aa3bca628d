package io.quorate.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Key;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RingTest {
    @Property(tries = 300)
    void aPartitionHoldsTheTokensFromItsFirstToTheNextOnes(
            @ForAll @IntRange(max = 12) int partitionBits, @ForAll String name) {
        Ring ring = Ring.of(Layouts.members(1 << partitionBits, Layouts.equalNodes(1, 0)));
        Key key = Key.of("bucket", name);
        int partition = ring.partitionOf(key);
        assertThat(partition).isBetween(0, ring.partitions() - 1);
        assertThat(Long.compareUnsigned(key.token(), ring.firstToken(partition)))
                .isNotNegative();
        if (partition + 1 < ring.partitions()) {
            assertThat(Long.compareUnsigned(key.token(), ring.firstToken(partition + 1)))
                    .isNegative();
        }
    }

    @Test
    void tellsThePreferenceOfEveryPartition() {
        Ring ring = Ring.of(Layouts.members(8, List.of(Layouts.member("a", "z", 1), Layouts.member("b", "z", 1))));
        for (int partition = 0; partition < ring.partitions(); partition++) {
            assertThat(ring.preference(partition)).containsExactlyInAnyOrder("a", "b");
        }
    }
}
