/**
 * The adapter to TCP: frames, connections to peers, and the server that they reach. With {@code wire.codec} and {@code runtime} the
 * only places of this module that know Vert.x or Jackson.
 *
 * <p>A connection carries frames of {@code length(4) kind(1) body}, the length counting what follows it; all numbers are
 * big-endian.
 *
 * <pre>
 * HELLO    1  magic(4) message    the first frame of whoever connected
 * WELCOME  2  magic(4) message    the answer: the version to speak, or a refusal
 * REQUEST  3  id(8) remainingMillis(4) ring(8) message
 * REPLY    4  id(8) message       one or more to each request, the last being final
 * </pre>
 *
 * <p>The heads of HELLO and WELCOME never change; the rest may, from one protocol version to the next. Anything that is not as
 * written here ends the connection it came on, with the reason in the log, and no other.
 *
 * <p>What is sent within one tick of an event loop leaves in one write a connection, because a write costs twenty times what a
 * frame does. Everything here belongs to one event loop and has no locks.
 */
package io.quorate.coordinator.wire;
