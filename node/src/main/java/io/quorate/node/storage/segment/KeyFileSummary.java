package io.quorate.node.storage.segment;

/**
 * What a key file says of its segment as a whole.
 *
 * @param segmentBytes length of the segment that it describes; another length means it is out of date
 * @param entries how many keys it lists
 * @param unreadable stretches of damage from which not even a key could be read
 */
public record KeyFileSummary(int segmentBytes, int entries, long sequenceMin, long sequenceMax, int unreadable) {}
