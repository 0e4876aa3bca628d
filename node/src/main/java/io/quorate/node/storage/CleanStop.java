package io.quorate.node.storage;

/**
 * What a node leaves for itself when it stops in good order. The store keeps it and does not look inside.
 *
 * @param incarnation of the node that stopped
 * @param lastTime the greatest hybrid time that it gave out
 */
public record CleanStop(long incarnation, long lastTime) {}
