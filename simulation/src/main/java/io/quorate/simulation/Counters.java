package io.quorate.simulation;

/** The network's running counts. */
final class Counters {
    long sent;
    long lost;
    long duplicated;
    long overtook;
    long late;
    long refused;
    long broken;

    NetworkCounts counts() {
        return new NetworkCounts(sent, lost, duplicated, overtook, late, refused, broken);
    }
}
