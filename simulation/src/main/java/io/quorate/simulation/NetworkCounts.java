package io.quorate.simulation;

/**
 * What the network did so far, so that a scenario can tell whether it had to bear anything.
 *
 * @param sent requests and replies
 * @param lost of them, by chance or by a cut
 * @param duplicated of them
 * @param overtook how many will arrive before one that was sent earlier on the same way
 * @param late requests that were dropped because their deadline had passed
 * @param refused calls that surely did not leave
 * @param broken connections that broke
 */
public record NetworkCounts(
        long sent, long lost, long duplicated, long overtook, long late, long refused, long broken) {}
