package io.quorate.node.cli.bench;

import java.util.SplittableRandom;

/** Draws the keys that operations ask for. */
@FunctionalInterface
interface KeyChooser {
    /** A key's number, from 0. */
    int next(SplittableRandom random);

    static KeyChooser uniform(int keys) {
        return random -> random.nextInt(keys);
    }
}
