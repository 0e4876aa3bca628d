package io.quorate.coordinator.conflict;

import io.quorate.core.Key;
import java.util.List;
import java.util.Optional;

/**
 * An application's own way to make one value of concurrent ones, for buckets whose policy is {@code custom}.
 *
 * <p>It runs on the coordinator's event loop at every read of such a key, so it must be quick, must not block, and must give the same
 * answer for the same values whatever their order: other coordinators resolve the same siblings.
 */
@FunctionalInterface
public interface ConflictResolver {
    /**
     * The value that readers are to see, as JSON text, or empty when the siblings are to be shown.
     *
     * @param values the JSON texts of the concurrent values, in the order of their dots; two or more, tombstones left out
     */
    Optional<String> resolve(Key key, List<String> values);
}
