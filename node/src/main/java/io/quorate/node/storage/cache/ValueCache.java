package io.quorate.node.storage.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quorate.core.Bytes;
import java.util.Optional;

/**
 * The hot values of one store, bounded by their bytes, shared by its shards.
 *
 * <p>A key is only ever put and forgotten by its own shard, which does so in the order of its writes; so the cache never
 * holds an older value than the shard last saw.
 */
public final class ValueCache {
    /** What an entry takes beside its bytes: its node, two wrappers and two array headers. */
    private static final int OVERHEAD_BYTES = 160;

    private final Cache<Bytes, Bytes> cache;

    public ValueCache(long bytesMax) {
        cache = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Bytes key, Bytes value) -> key.length() + value.length() + OVERHEAD_BYTES)
                // Its upkeep runs on the caller, in small pieces: the store keeps no thread beyond its own.
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    public Optional<Bytes> get(Bytes key) {
        return Optional.ofNullable(cache.getIfPresent(key));
    }

    public void put(Bytes key, Bytes value) {
        cache.put(key, value);
    }

    /** Reads that found their key here. */
    public long hits() {
        return cache.stats().hitCount();
    }

    /** Reads that did not. */
    public long misses() {
        return cache.stats().missCount();
    }

    /** Bytes of what is held, about. */
    public long bytes() {
        return cache.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    public void forget(Bytes key) {
        cache.invalidate(key);
    }
}
