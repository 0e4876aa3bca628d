package io.quorate.coordinator.wire;

import io.quorate.coordinator.wire.codec.Versions;

/**
 * Who this process is to its peers.
 *
 * @param cluster its cluster's name; empty in an embedded coordinator that does not know it yet, which any cluster takes
 * @param node its node id; {@code client-} and a name for an embedded coordinator
 * @param versions that it speaks
 */
public record Identity(String cluster, String node, Versions versions) {
    public Identity(String cluster, String node) {
        this(cluster, node, Versions.SPOKEN);
    }
}
