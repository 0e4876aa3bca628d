package io.quorate.node.cli.guard;

/**
 * What servers spent on a request.
 *
 * @param micros of CPU
 * @param bytes of heap, allocated
 */
record Spent(double micros, double bytes) {}
