package io.quorate.coordinator.wire;

/**
 * Who this process is to its peers.
 *
 * @param cluster its cluster's name; empty in an embedded coordinator that does not know it yet, which any cluster takes
 * @param node its node id; {@code client-} and a name for an embedded coordinator
 */
public record Identity(String cluster, String node) {}
