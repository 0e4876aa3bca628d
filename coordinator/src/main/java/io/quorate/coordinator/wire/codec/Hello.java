package io.quorate.coordinator.wire.codec;

/**
 * What whoever connects says first.
 *
 * @param versionMin oldest protocol version it speaks
 * @param versionMax newest protocol version it speaks
 * @param cluster the cluster it belongs to; empty when it does not know, as an embedded coordinator that has only an address
 * @param node its node id, or {@code client-} and a name
 * @param expected the node id it wants to reach; empty when it knows only the address
 * @param frameBytesMax the largest frame it takes
 */
public record Hello(int versionMin, int versionMax, String cluster, String node, String expected, int frameBytesMax) {}
