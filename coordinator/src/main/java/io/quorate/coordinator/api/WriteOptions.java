package io.quorate.coordinator.api;

import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Ttl;
import io.quorate.core.version.Context;
import java.util.Optional;

/**
 * How to write. What is empty is the bucket's.
 *
 * @param n copies to keep from now on: a number or {@code all} (of the members)
 * @param w durable acknowledgements to wait for
 * @param sloppy whether a fallback may stand in for an unreachable primary
 * @param context what the writer has seen: those versions are replaced, others are kept
 * @param ttl how long the value stays
 * @param idempotencyKey names the request, so that sending it again changes nothing
 * @param explain whether the answer is to have an {@link Explanation}
 */
public record WriteOptions(
        Optional<Quorum> n,
        Optional<Quorum> w,
        Optional<Boolean> sloppy,
        int timeoutMillis,
        Context context,
        Optional<Ttl> ttl,
        Optional<String> idempotencyKey,
        boolean explain) {
    public static final WriteOptions DEFAULT = new WriteOptions(
            Optional.empty(), Optional.empty(), Optional.empty(), 2_000, Context.EMPTY, Optional.empty());

    /** Of a value that stays as long as the bucket says, and a write that need not be explained. */
    public WriteOptions(
            Optional<Quorum> n,
            Optional<Quorum> w,
            Optional<Boolean> sloppy,
            int timeoutMillis,
            Context context,
            Optional<String> idempotencyKey) {
        this(n, w, sloppy, timeoutMillis, context, Optional.empty(), idempotencyKey, false);
    }

    public WriteOptions withW(Quorum newW) {
        return new WriteOptions(n, Optional.of(newW), sloppy, timeoutMillis, context, ttl, idempotencyKey, explain);
    }

    /** Whether other nodes may stand in for replicas that cannot be reached; else the bucket says. */
    public WriteOptions withSloppy(boolean newSloppy) {
        return new WriteOptions(n, w, Optional.of(newSloppy), timeoutMillis, context, ttl, idempotencyKey, explain);
    }

    public WriteOptions withContext(Context newContext) {
        return new WriteOptions(n, w, sloppy, timeoutMillis, newContext, ttl, idempotencyKey, explain);
    }

    public WriteOptions withTimeoutMillis(int newTimeoutMillis) {
        return new WriteOptions(n, w, sloppy, newTimeoutMillis, context, ttl, idempotencyKey, explain);
    }

    public WriteOptions withTtl(Ttl newTtl) {
        return new WriteOptions(n, w, sloppy, timeoutMillis, context, Optional.of(newTtl), idempotencyKey, explain);
    }

    public WriteOptions withIdempotencyKey(String key) {
        return new WriteOptions(n, w, sloppy, timeoutMillis, context, ttl, Optional.of(key), explain);
    }

    public WriteOptions withExplain(boolean newExplain) {
        return new WriteOptions(n, w, sloppy, timeoutMillis, context, ttl, idempotencyKey, newExplain);
    }
}
