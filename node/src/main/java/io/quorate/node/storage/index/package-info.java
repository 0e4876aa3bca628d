/**
 * The ordered index: for every key, where its latest record lies. The only package that knows MapDB.
 *
 * <p>MapDB is used as a fast B-tree in a mapped file and trusted with nothing: without transactions such a file is worthless
 * after a crash, so it is only ever reopened when the store was closed cleanly, and built anew from the key files otherwise.
 *
 * <p>The tree is written under the write half of one lock, in short runs, and read under the read half, so that nothing here
 * rests on what MapDB promises about concurrency. Nodes hold their keys as one array of bytes, and their places as another,
 * and are searched as they are, which halves the cost of a put against MapDB's own byte-array serializers. A key that is there
 * gets its next place written over the former one, in the mapped file: readers are kept out, and a crash makes all of it
 * worthless anyway. Removing keys leaves empty nodes behind, so a file that has grown out of proportion is built anew at the
 * next start.
 */
package io.quorate.node.storage.index;
