package io.quorate.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HybridClockTest {
    private static final long NOW = 1_700_000_000_000L;

    private final WallClock wall = new WallClock();

    @Property(tries = 200)
    void risesStrictlyAndIsNeverBehindWhatItHasSeen(@ForAll long seed, @ForAll @IntRange(max = 63) int shard) {
        Random random = new Random(seed);
        HybridClock clock = new HybridClock(wall, shard, 0, 1000);
        long greatest = 0;
        for (int i = 0; i < 300; i++) {
            wall.millis = random.nextInt(10) == 0 ? NOW - random.nextInt(100_000) : wall.millis + random.nextInt(2);
            if (random.nextInt(10) == 0) {
                long elsewhere = HybridTime.ofMillis(NOW + random.nextInt(1000)) + random.nextInt(1 << 20);
                clock.observe(elsewhere);
                greatest = Math.max(greatest, elsewhere);
            }
            long next = clock.next();
            assertThat(next).isGreaterThan(greatest).isEqualTo(clock.last());
            assertThat(HybridTime.toMillis(next)).isGreaterThanOrEqualTo(wall.millis);
            assertThat(next % HybridTime.SHARDS_MAX).isEqualTo(shard);
            greatest = next;
        }
    }

    @Property(tries = 50)
    void shardsOfOneNodeNeverGiveTheSameTime(@ForAll long seed, @ForAll @IntRange(min = 2, max = 64) int shards) {
        Random random = new Random(seed);
        List<HybridClock> clocks = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            clocks.add(new HybridClock(wall, shard, 0, 0));
        }
        Set<Long> times = new LinkedHashSet<>();
        for (int i = 0; i < 1000; i++) {
            HybridClock clock = clocks.get(random.nextInt(shards));
            if (random.nextInt(20) == 0) {
                clock.observe(clocks.get(random.nextInt(shards)).last());
            }
            assertThat(times.add(clock.next())).isTrue();
        }
    }

    @Property(tries = 200)
    void neverGivesOutATimeUpToWhereItStarted(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long last, @ForAll @IntRange(max = 63) int shard) {
        assertThat(new HybridClock(wall, shard, last, 0).next()).isGreaterThan(last);
    }

    @Test
    void followsTheWallClockWhenItIsAhead() {
        HybridClock clock = new HybridClock(wall, 5, 0, 0);
        assertThat(clock.next()).isEqualTo(HybridTime.ofMillis(NOW) + 5);
        wall.millis += 10;
        assertThat(clock.next()).isEqualTo(HybridTime.ofMillis(NOW + 10) + 5);
    }

    @Test
    void aStampFurtherAheadThanTheDriftIsTooFar() {
        HybridClock clock = new HybridClock(wall, 0, 0, 500);
        assertThat(clock.isTooFarAhead(HybridTime.ofMillis(NOW + 501) - 1)).isFalse();
        assertThat(clock.isTooFarAhead(HybridTime.ofMillis(NOW + 501))).isTrue();
        assertThat(clock.isTooFarAhead(0)).isFalse();
    }

    @Test
    void aShardThatHasNoBitsIsRefused() {
        assertThatThrownBy(() -> new HybridClock(wall, 64, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HybridClock(wall, -1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void aTimeKeepsItsMillisecond(
            @ForAll @LongRange(min = 0, max = (1L << 43) - 1) long millis,
            @ForAll @IntRange(max = (1 << 20) - 1) int fraction) {
        assertThat(HybridTime.toMillis(HybridTime.ofMillis(millis) + fraction)).isEqualTo(millis);
    }

    private static final class WallClock implements Clock {
        private long millis = NOW;

        @Override
        public long monotonicNanos() {
            return 0;
        }

        @Override
        public long realtimeMillis() {
            return millis;
        }
    }
}
