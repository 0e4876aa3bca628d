package io.quorate.core.cluster;

/**
 * One node of the cluster as its configuration describes it.
 *
 * @param id unique in the cluster, 1 to 64 of {@code [A-Za-z0-9._-]}
 * @param peer {@code host:port} where other nodes and embedded coordinators reach it
 * @param http {@code host:port} of its HTTP API
 * @param zone what fails together (a rack, a data centre)
 * @param weight its share of the data relative to others, 1 to 1000
 */
public record Member(String id, String peer, String http, String zone, int weight) {}
