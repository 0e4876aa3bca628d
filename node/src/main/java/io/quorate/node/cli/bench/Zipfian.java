package io.quorate.node.cli.bench;

import java.util.SplittableRandom;

/**
 * Draws the k-th most wanted of n keys with a probability in proportion to k^-0.99 (Gray et al., Quickly Generating Billion-Record
 * Synthetic Databases, 1994, as YCSB does). Which keys are wanted most is shuffled, the same way each time.
 */
final class Zipfian implements KeyChooser {
    private static final double THETA = 0.99;
    private static final long SHUFFLE_SEED = 42;

    private final int[] byRank;
    private final double zeta;
    private final double alpha = 1 / (1 - THETA);
    private final double eta;

    Zipfian(int keys) {
        byRank = shuffled(keys);
        zeta = zeta(keys);
        eta = (1 - Math.pow(2.0 / keys, 1 - THETA)) / (1 - zeta(2) / zeta);
    }

    @Override
    public int next(SplittableRandom random) {
        return byRank[rank(random.nextDouble())];
    }

    private int rank(double drawn) {
        double scaled = drawn * zeta;
        if (scaled < 1) {
            return 0;
        }
        if (scaled < 1 + Math.pow(0.5, THETA)) {
            return Math.min(1, byRank.length - 1);
        }
        return Math.min(byRank.length - 1, (int) (byRank.length * Math.pow(eta * drawn - eta + 1, alpha)));
    }

    private static double zeta(int n) {
        double sum = 0;
        for (int k = 1; k <= n; k++) {
            sum += 1 / Math.pow(k, THETA);
        }
        return sum;
    }

    private static int[] shuffled(int keys) {
        SplittableRandom random = new SplittableRandom(SHUFFLE_SEED);
        int[] shuffled = new int[keys];
        for (int i = 0; i < keys; i++) {
            int j = random.nextInt(i + 1);
            shuffled[i] = shuffled[j];
            shuffled[j] = i;
        }
        return shuffled;
    }
}
