package io.quorate.core.version;

import io.quorate.core.Bytes;
import java.util.Optional;

/**
 * One write that nothing has superseded.
 *
 * @param value the JSON text as the client sent it; empty for a tombstone
 */
public record Sibling(Dot dot, RequestId request, Optional<Bytes> value) {
    public boolean isTombstone() {
        return value.isEmpty();
    }
}
