package io.quorate.coordinator.wire;

import java.util.function.LongSupplier;

/**
 * Who this process is to its peers.
 *
 * @param cluster its cluster's name; empty in an embedded coordinator that does not know it yet, which any cluster takes
 * @param node its node id; {@code client-} and a name for an embedded coordinator
 * @param epoch the epoch of the member set that it goes by now
 */
public record Identity(String cluster, String node, LongSupplier epoch) {}
