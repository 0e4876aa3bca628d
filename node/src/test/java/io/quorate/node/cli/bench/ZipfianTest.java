package io.quorate.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ZipfianTest {
    private static final int DRAWS = 200_000;

    @Property(tries = 100)
    void everyDrawIsAKey(@ForAll @IntRange(min = 1, max = 500) int keys, @ForAll long seed) {
        KeyChooser chooser = new Zipfian(keys);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            assertThat(chooser.next(random)).isBetween(0, keys - 1);
        }
    }

    @Test
    void keysAreWantedAsZipfSays() {
        int keys = 1_000;
        int[] counts = new int[keys];
        KeyChooser chooser = new Zipfian(keys);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DRAWS; i++) {
            counts[chooser.next(random)]++;
        }
        int[] byRank = Arrays.stream(counts)
                .map(count -> -count)
                .sorted()
                .map(count -> -count)
                .toArray();
        double zeta = 0;
        for (int k = 1; k <= keys; k++) {
            zeta += Math.pow(k, -0.99);
        }
        assertThat(byRank[0] / (double) DRAWS).isCloseTo(1 / zeta, within(0.005));
        assertThat(byRank[1] / (double) byRank[0]).isCloseTo(Math.pow(2, -0.99), within(0.03));
        assertThat(byRank[99] / (double) byRank[0]).isCloseTo(Math.pow(100, -0.99), within(0.005));
    }

    @Test
    void theMostWantedAreNoNeighbours() {
        int[] counts = new int[1_000];
        KeyChooser chooser = new Zipfian(1_000);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DRAWS; i++) {
            counts[chooser.next(random)]++;
        }
        int firstHundred = Arrays.stream(counts, 0, 100).sum();
        assertThat(firstHundred).isLessThan(DRAWS / 2);
    }
}
