package io.quorate.antientropy;

/** The running counts behind {@link PeerProgress}. */
final class Counts {
    long rounds;
    boolean running;
    long lastRoundMillis;
    long inSyncMillis;
    /** The ring by which the last whole round went. */
    long ring;

    long partitionsCompared;
    long partitionsDiffering;
    long keysRepaired;
    long keysInFlight;
    long bytes;

    PeerProgress toProgress(String peer) {
        return new PeerProgress(
                peer,
                rounds,
                running,
                lastRoundMillis,
                inSyncMillis,
                partitionsCompared,
                partitionsDiffering,
                keysRepaired,
                keysInFlight,
                bytes);
    }
}
