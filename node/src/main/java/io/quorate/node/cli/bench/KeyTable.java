package io.quorate.node.cli.bench;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What is known of each key: the context of the last answer, whether it still covers all there is, and whether somebody is writing.
 * Shared by all threads.
 */
final class KeyTable {
    private static final int FREE = 0;
    private static final int TAKEN = 1;

    private final AtomicReferenceArray<Optional<String>> contexts;
    private final AtomicIntegerArray known;
    private final AtomicIntegerArray writers;

    KeyTable(int keys) {
        contexts = new AtomicReferenceArray<>(keys);
        known = new AtomicIntegerArray(keys);
        writers = new AtomicIntegerArray(keys);
        for (int key = 0; key < keys; key++) {
            contexts.set(key, Optional.empty());
        }
    }

    int size() {
        return contexts.length();
    }

    /** Makes the caller the key's only writer, if it has none. */
    boolean take(int key) {
        return writers.compareAndSet(key, FREE, TAKEN);
    }

    void release(int key) {
        writers.set(key, FREE);
    }

    /** What a write must name to replace all there is; empty when that has to be read first, or there is nothing yet. */
    Optional<String> context(int key) {
        return contexts.get(key);
    }

    /** Whether the context is all there is to know. */
    boolean isKnown(int key) {
        return known.get(key) != 0;
    }

    void learn(int key, Optional<String> context) {
        contexts.set(key, context);
        known.set(key, 1);
    }

    /** There may be versions that the context does not cover: somebody else's, or ours of which no answer came. */
    void doubt(int key) {
        known.set(key, 0);
    }
}
