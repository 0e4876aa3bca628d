package io.quorate.node.http.request;

import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.core.version.Context;
import java.util.Optional;

/** What must hold of a key for a write to go ahead. It is read at r replicas before the write, so it is advice and not a lock. */
public sealed interface Condition {
    /** Why what was read forbids the write, or empty. */
    Optional<String> violation(ReadAnswer read);

    /** What the write has seen when its client named no context. */
    Context seen(ReadAnswer read);

    /** {@code If-None-Match: *}: there is no value. */
    record Absent() implements Condition {
        @Override
        public Optional<String> violation(ReadAnswer read) {
            return read.isFound()
                    ? Optional.of("The key has a value already; read it, and write with its context to replace it.")
                    : Optional.empty();
        }

        /** The tombstones that made the key absent: without them the new value would be a sibling of its own deletion. */
        @Override
        public Context seen(ReadAnswer read) {
            return read.context();
        }
    }

    /**
     * {@code If-Match: "<context>"}: nothing newer than that.
     *
     * <p>The versions are asked, not the context that was read: a token of a write names its dot alone, and the vector that the
     * replicas have of the same history does not fit in it.
     */
    record Unchanged(Context since) implements Condition {
        @Override
        public Optional<String> violation(ReadAnswer read) {
            boolean allSeen = read.versions().stream().allMatch(version -> since.covers(version.dot()));
            return allSeen
                    ? Optional.empty()
                    : Optional.of(
                            "The key has changed since that context; read it again and repeat the write on what it is now.");
        }

        @Override
        public Context seen(ReadAnswer read) {
            return since;
        }
    }
}
