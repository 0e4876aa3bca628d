package io.quorate.core.cluster;

/**
 * A member's place in the cluster: what the cluster decided, and not the member.
 *
 * @param slot what its place in the ring is drawn from; see {@link Member}
 * @param store the id of its store; as it was known when this was decided
 * @param epoch of the member table by this decision: one more than whoever made it knew
 */
public record Seat(String slot, String zone, int weight, String store, Standing standing, long epoch) {
    Seat with(Standing next, String claimedStore, long atEpoch) {
        return new Seat(slot, zone, weight, claimedStore.isEmpty() ? store : claimedStore, next, atEpoch);
    }

    /** The later decision. Of two that were made at once, the one further on its way out, so that all nodes choose alike. */
    static Seat later(Seat a, Seat b) {
        if (a.epoch != b.epoch) {
            return a.epoch > b.epoch ? a : b;
        }
        if (a.standing != b.standing) {
            return a.standing.compareTo(b.standing) > 0 ? a : b;
        }
        return a.toString().compareTo(b.toString()) >= 0 ? a : b;
    }
}
