package io.quorate.node.storage.index;

import java.io.IOException;
import java.util.Optional;

/** Where an index is built from: all keys, in rising order, each once. */
@FunctionalInterface
public interface IndexSource {
    /** The next key, or empty behind the last. */
    Optional<IndexEntry> next() throws IOException;
}
