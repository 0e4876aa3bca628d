package io.quorate.core.message;

/**
 * A request for keys from a coordinator that chose its replicas by a ring. A node that goes by another one refuses it: what makes a
 * quorum there may not make one here.
 *
 * @param ring its {@link io.quorate.core.ring.Ring#digest}, not zero
 */
public record Fenced(long ring, ReplicaRequest request) implements Request {}
