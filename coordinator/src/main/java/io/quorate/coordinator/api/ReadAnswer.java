package io.quorate.coordinator.api;

import io.quorate.core.version.Context;
import io.quorate.core.version.Sibling;
import java.util.List;
import java.util.Optional;

/**
 * What r replicas know of a key.
 *
 * @param versions one value or tombstone; several when concurrent writes wait to be reconciled; none when the key was never written
 * @param typed more of the one value when it is of a data type
 * @param context what was seen: a write that carries it replaces all these versions
 * @param n the replicas asked, after a default above the member count was lowered to it
 * @param replies how many had answered
 * @param overlap whether r and the bucket's w are enough for this read to meet every acknowledged write
 * @param explanation if it was asked for
 */
public record ReadAnswer(
        List<Sibling> versions,
        Optional<TypedView> typed,
        Context context,
        int n,
        int r,
        int replies,
        boolean overlap,
        Optional<Explanation> explanation) {
    /** Whether there is a live value. */
    public boolean isFound() {
        for (Sibling version : versions) {
            if (!version.isTombstone()) {
                return true;
            }
        }
        return false;
    }
}
