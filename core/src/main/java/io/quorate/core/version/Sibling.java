package io.quorate.core.version;

import io.quorate.core.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One write that nothing has superseded.
 *
 * @param value the JSON text as the client sent it; empty for a tombstone
 * @param expiresMillis when the value is to be a tombstone by itself, in milliseconds since 1970; {@link #NEVER} if it is not
 * @param ancestors of a value that was made from known ones, each from the next; empty in buckets that merge no fields
 */
public record Sibling(Dot dot, RequestId request, Optional<Bytes> value, long expiresMillis, List<Ancestor> ancestors) {
    public static final long NEVER = Long.MAX_VALUE;

    private static final Comparator<Sibling> BY_CONTENT = Comparator.comparing(Sibling::request)
            .thenComparing(Sibling::isTombstone)
            .thenComparing(sibling -> sibling.value().orElse(Bytes.EMPTY))
            .thenComparing(Sibling::expiresMillis)
            .thenComparing(Sibling::ancestors, Ancestor.ORDER);

    public Sibling {
        ancestors = List.copyOf(ancestors);
    }

    /** A version that does not expire. */
    public Sibling(Dot dot, RequestId request, Optional<Bytes> value) {
        this(dot, request, value, NEVER);
    }

    /** A version of which nobody knows what it was made from. */
    public Sibling(Dot dot, RequestId request, Optional<Bytes> value, long expiresMillis) {
        this(dot, request, value, expiresMillis, List.of());
    }

    public boolean isTombstone() {
        return value.isEmpty();
    }

    /** Whether it is a value that will not stay. */
    public boolean isExpiring() {
        return value.isPresent() && expiresMillis != NEVER;
    }

    /** Whether it is a value that stays until it is replaced. */
    public boolean isPermanent() {
        return value.isPresent() && expiresMillis == NEVER;
    }

    /** Whether it is a tombstone that nobody wrote: the time of its value has run out. */
    public boolean isExpired() {
        return value.isEmpty() && expiresMillis != NEVER;
    }

    /** What becomes of it when its time has run out. */
    public Sibling expired() {
        return new Sibling(dot, request, Optional.empty(), expiresMillis);
    }

    /** The version with another value, which was made from nothing known. */
    public Sibling withValue(Bytes other) {
        return new Sibling(dot, request, Optional.of(other), expiresMillis);
    }

    public Sibling withAncestors(List<Ancestor> others) {
        return new Sibling(dot, request, value, expiresMillis, others);
    }

    /**
     * Of two versions under one dot, the same one on every replica: the expired one of a value and what became of it.
     *
     * <p>Otherwise they differ only where a value was damaged or a restored node minted a dot twice; without a choice the replicas
     * that hold them would never become equal.
     */
    Sibling greaterOfOneDot(Sibling other) {
        return equals(other) || BY_CONTENT.compare(this, other) > 0 ? this : other;
    }
}
