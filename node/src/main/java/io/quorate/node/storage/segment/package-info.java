/**
 * The files that are the truth: segments of records, appended and never changed, and the key file beside each finished one.
 *
 * <p>A segment is a header and then records, one after the other. A record says where it belongs (its checksum covers the
 * segment and the offset, so that bytes copied elsewhere never pass for a record), what it holds (a key with its value, or
 * its removal), when it was written (a sequence number that only rises) and how much of the file had been acknowledged by
 * then. The last tells a torn tail from damage: what is broken beyond the last acknowledged offset was promised to nobody
 * and is cut off; what is broken before it is quarantined, and the records after it are found again by their magic number.
 *
 * <p>The shape is that of a log-structured file system with a cleaner (Rosenblum and Ousterhout, "The Design and
 * Implementation of a Log-Structured File System", 1992) and of Bitcask with its hint files (Sheehy and Smith, 2010).
 */
package io.quorate.node.storage.segment;
