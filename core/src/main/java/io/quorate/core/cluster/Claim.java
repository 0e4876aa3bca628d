package io.quorate.core.cluster;

/**
 * What a member says of itself. Nobody else may say it.
 *
 * @param peer {@code host:port} where other nodes and embedded coordinators reach it
 * @param http {@code host:port} of its HTTP API
 * @param store the id of its store
 * @param serving whether it takes requests for keys: not while it starts or stops, nor when its disk fails
 * @param trouble why it does not serve, or serves only in part; empty when all is well
 * @param ring digest of the ring that it goes by
 * @param copied digest of the last ring of which it has all the data that it is to keep
 * @param stated hybrid time of this claim; a later one replaces it
 */
public record Claim(
        String peer, String http, String store, boolean serving, String trouble, long ring, long copied, long stated) {
    /** Whether both say the same, whenever it was stated. */
    public boolean isSameBut(Claim other) {
        return statedAt(other.stated).equals(other);
    }

    public Claim statedAt(long time) {
        return new Claim(peer, http, store, serving, trouble, ring, copied, time);
    }

    static Claim later(Claim a, Claim b) {
        if (a.stated != b.stated) {
            return a.stated > b.stated ? a : b;
        }
        return a.toString().compareTo(b.toString()) >= 0 ? a : b;
    }
}
