/**
 * Getting room back: copying what is still live out of segments that are mostly dead, and deleting them.
 *
 * <p>One thread takes one segment after the other. Copies keep their sequence numbers and go to a segment of their own; they
 * are forced to the disk, then the index is pointed at each copy if it still points at the original, and only then is the
 * original deleted. So a crash at any moment leaves each record at least once, and which of two copies counts does not
 * matter.
 *
 * <p>The record of a removal is needed as long as an older record of its key is on the disk: without it a rebuild of the index
 * would bring that one back. It is dropped when the filters of all segments that hold older records say that none of them
 * can hold the key. Deletions are made durable one by one, so that a power cut cannot bring a segment back after the
 * removals that covered it have gone.
 */
package io.quorate.node.storage.compaction;
