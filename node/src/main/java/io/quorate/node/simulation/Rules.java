package io.quorate.node.simulation;

import io.quorate.antientropy.Reaper;

/**
 * What a run is played by.
 *
 * @param handoff whether nodes deliver what they owe
 * @param elastic whether two nodes join, and two members leave, meanwhile
 * @param reaps whether tombstones are reaped within the run
 * @param oldDisk whether one node comes back with an old disk after that
 */
record Rules(boolean handoff, boolean reaps, boolean oldDisk, boolean elastic) {
    /** Longer than requests take and clocks differ in these runs; otherwise longer than a run. */
    Reaper.Settings reaping() {
        return new Reaper.Settings(reaps ? 20_000 : 600_000, 2_000);
    }
}
