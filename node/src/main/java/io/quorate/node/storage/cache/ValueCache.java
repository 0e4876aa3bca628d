package io.quorate.node.storage.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Stored.Present;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * The hot values of one store, bounded by their bytes, shared by its shards.
 *
 * <p>A key is only ever looked up, put and forgotten by its own shard, which does so in the order of its writes; so the cache never
 * holds an older value than the shard last saw.
 *
 * <p>To tell the cache of a use relinks the entry among its neighbours in a list. They are old objects, and each is a card that the
 * collector has to scan in its next pause: scanning was two thirds of its pauses when every use was told. A sample of the uses
 * tells what is hot nearly as well.
 */
public final class ValueCache {
    /** What an entry takes beside its bytes: its node, its slot, the key's wrapper and two array headers. */
    private static final int OVERHEAD_BYTES = 184;
    /** One in so many uses is told. */
    private static final int SAMPLE = 8;

    private final Cache<Bytes, Slot> cache;
    private final Policy<Bytes, Slot> policy;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    public ValueCache(long bytesMax) {
        cache = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Bytes key, Slot slot) -> key.length() + slot.room() + OVERHEAD_BYTES)
                // Its upkeep runs on the caller, in small pieces: the store keeps no thread beyond its own.
                .executor(Runnable::run)
                .build();
        policy = cache.policy();
    }

    public Optional<Present> get(Bytes key) {
        Slot slot = use(key);
        (slot == null ? misses : hits).increment();
        return slot == null ? Optional.empty() : Optional.of(slot.stored());
    }

    /** An empty value is a mark, as of a debt: those are listed and not looked up, and an outage makes tens of thousands. */
    public void put(Bytes key, Present stored) {
        if (stored.value().length() == 0) {
            forget(key);
            return;
        }
        Slot slot = use(key);
        // Should the slot be evicted at this moment, then the value just is not here.
        if (slot == null || !slot.take(stored)) {
            cache.put(key, new Slot(stored));
        }
    }

    /** Reads that found their key here. */
    public long hits() {
        return hits.sum();
    }

    /** Reads that did not. */
    public long misses() {
        return misses.sum();
    }

    /** Bytes of what is held, about. */
    public long bytes() {
        return policy.eviction().orElseThrow().weightedSize().orElse(0);
    }

    public void forget(Bytes key) {
        cache.invalidate(key);
    }

    private Slot use(Bytes key) {
        boolean told = ThreadLocalRandom.current().nextInt(SAMPLE) == 0;
        return told ? cache.getIfPresent(key) : policy.getIfPresentQuietly(key);
    }
}
