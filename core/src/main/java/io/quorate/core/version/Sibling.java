package io.quorate.core.version;

import io.quorate.core.Bytes;
import java.util.Comparator;
import java.util.Optional;

/**
 * One write that nothing has superseded.
 *
 * @param value the JSON text as the client sent it; empty for a tombstone
 */
public record Sibling(Dot dot, RequestId request, Optional<Bytes> value) {
    private static final Comparator<Sibling> BY_CONTENT = Comparator.comparing(Sibling::request)
            .thenComparing(Sibling::isTombstone)
            .thenComparing(sibling -> sibling.value().orElse(Bytes.EMPTY));

    public boolean isTombstone() {
        return value.isEmpty();
    }

    /**
     * Of two versions under one dot, the same one on every replica.
     *
     * <p>They differ only where a value was damaged or a restored node minted a dot twice; without a choice the replicas that
     * hold them would never become equal.
     */
    Sibling greaterOfOneDot(Sibling other) {
        return equals(other) || BY_CONTENT.compare(this, other) > 0 ? this : other;
    }
}
