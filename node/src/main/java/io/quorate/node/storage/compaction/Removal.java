package io.quorate.node.storage.compaction;

/**
 * The record of a removal in a segment that is being compacted.
 *
 * @param hash {@link io.quorate.core.Hash} of the key
 */
record Removal(int offset, long hash, long sequence) {}
