package io.quorate.core.cluster;

/**
 * One node of the cluster, as a ring is made of it.
 *
 * @param id unique in the cluster, 1 to 64 of {@code [A-Za-z0-9._-]}
 * @param peer {@code host:port} where other nodes and embedded coordinators reach it
 * @param http {@code host:port} of its HTTP API
 * @param zone what fails together (a rack, a data centre)
 * @param weight its share of the data relative to others, 1 to 1000
 * @param slot what its place in the ring is drawn from: its own id, or that of a dead member whose ranges it took over
 */
public record Member(String id, String peer, String http, String zone, int weight, String slot) {
    public Member(String id, String peer, String http, String zone, int weight) {
        this(id, peer, http, zone, weight, id);
    }
}
