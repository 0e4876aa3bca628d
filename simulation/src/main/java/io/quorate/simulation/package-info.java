/**
 * In-memory twins of the ports on virtual time, with seeded faults: the same seed gives the same run.
 *
 * <p>A {@link io.quorate.simulation.World} holds processes, a network and one queue of events, ordered by time and then by the
 * order of scheduling. A process runs a {@link io.quorate.simulation.Program}, which sees nothing but its
 * {@link io.quorate.simulation.Ports}; the daemon's own code is such a program. Everything random comes from streams derived
 * from the seed and a name, one a concern, so that a fault added in one place shifts nothing in another. The manner is that of
 * FoundationDB's simulator ("FoundationDB: A Distributed Unbundled Transactional Key Value Store", SIGMOD 2021, section 4).
 */
package io.quorate.simulation;
