package io.quorate.antientropy;

import java.util.BitSet;

/** The running counts behind {@link PeerProgress}. */
final class Counts {
    long rounds;
    boolean running;
    long lastRoundMillis;
    long inSyncMillis;
    /** The ring by which the last whole round went. */
    long ring;

    private final BitSet alike = new BitSet();
    private long alikeRing;

    long partitionsCompared;
    long partitionsDiffering;
    long keysRepaired;
    long keysInFlight;
    long bytes;

    /** All that both keep of a partition by that ring was found, or made, the same. */
    void alike(int partition, long byRing) {
        if (alikeRing != byRing) {
            alike.clear();
            alikeRing = byRing;
        }
        alike.set(partition);
    }

    boolean isAlike(int partition, long byRing) {
        return alikeRing == byRing && alike.get(partition);
    }

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
