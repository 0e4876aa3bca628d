/**
 * The durable store of one node: a map of bytes to bytes, ordered, shared by the node's shards.
 *
 * <p>The truth is a set of append-only segments ({@code segment}); beside them lies an index, key to place, that can be built
 * anew from them at any time ({@code index}). A value is written once, and read with one look at the index and one read.
 *
 * <p><b>Writing.</b> Each shard hands its batches to one queue. One writer thread takes all that wait, from all shards, writes
 * them with one call and forces them once, so that the group grows with the load and the cost of forcing is shared; then it
 * answers each shard with one task, and only then brings the index up to date. Until that is done, the shard finds its
 * changes in its own overlay ({@link io.quorate.node.storage.PendingWrites}), which also makes them visible at once.
 *
 * <p><b>Reading.</b> What is pending or cached is answered inside the call. The rest goes to a few reader threads, which take
 * all that a shard has asked for meanwhile and answer with one task. An answer is what is stored when it is given, not
 * when it was asked for: what the shard has written in between is laid over it. So a shard that reads, decides and writes
 * inside one callback has read the latest.
 *
 * <p><b>Failing.</b> When the disk is full, the group is taken back, also from the disk, and the store only reads until there is
 * room again. Any other error of the disk ends writing until the next start: what was acknowledged is in the segments, and a
 * start finds it. Each record is checked whenever it is read, by a client or in the background ({@code scrub}); a broken one
 * is never served, and that it is lost is written down.
 *
 * <p><b>Starting.</b> After a clean stop the index is reopened as it was left. The note that says so is deleted before anything
 * else is done, and does not hold for a copy of the folder. In all other cases unfinished segments are read through, what
 * a crash tore off is cut, and the index is built from all key files by merging them, the newest record of each key winning.
 */
package io.quorate.node.storage;
