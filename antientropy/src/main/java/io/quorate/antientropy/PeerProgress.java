package io.quorate.antientropy;

/**
 * What the exchanges with one peer, begun by one shard, have come to so far.
 *
 * @param rounds that ended, whole or not
 * @param running whether one is under way
 * @param lastRoundMillis when the last whole one ended, since 1970; zero before the first
 * @param inSyncMillis when a round last began that found nothing, or repaired all that it found; zero before the first
 * @param partitionsCompared trees whose roots were compared
 * @param partitionsDiffering trees that still differed at the second look
 * @param keysRepaired keys brought up to date, here or there
 * @param keysInFlight keys that differed but were only just written, and left alone
 * @param bytes of keys, digests and states sent and received for it
 */
public record PeerProgress(
        String peer,
        long rounds,
        boolean running,
        long lastRoundMillis,
        long inSyncMillis,
        long partitionsCompared,
        long partitionsDiffering,
        long keysRepaired,
        long keysInFlight,
        long bytes) {
    /** Both together, as of one peer and two shards: in sync is what both are. */
    public PeerProgress plus(PeerProgress other) {
        return new PeerProgress(
                peer,
                Math.min(rounds, other.rounds),
                running || other.running,
                Math.min(lastRoundMillis, other.lastRoundMillis),
                Math.min(inSyncMillis, other.inSyncMillis),
                partitionsCompared + other.partitionsCompared,
                partitionsDiffering + other.partitionsDiffering,
                keysRepaired + other.keysRepaired,
                keysInFlight + other.keysInFlight,
                bytes + other.bytes);
    }
}
