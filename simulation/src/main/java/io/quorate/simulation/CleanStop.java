package io.quorate.simulation;

/**
 * What a program leaves on its disk when it stops cleanly, for its next start.
 *
 * @param incarnation under which it may go on minting
 * @param lastTime the last stamp that it gave
 */
public record CleanStop(long incarnation, long lastTime) {}
