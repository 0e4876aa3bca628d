package io.quorate.antientropy;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ExchangeReply.KeyDigest;
import java.util.List;
import java.util.function.Consumer;

/** The replica whose keys are compared and repaired. Every call and callback runs on its shard; none throws. */
public interface ReplicaKeys {
    /**
     * Keys in storage order, from the index alone. Keys whose record is known to be damaged are not among them.
     *
     * @param firstToken of the range, unsigned
     * @param lastToken of the range, itself included
     * @param after storage form of a key to begin behind; empty for the range's first
     */
    void list(long firstToken, long lastToken, Bytes after, int limit, Consumer<Listing> done);

    /** The encoded state of a key; empty when there is none that can be read. */
    void load(Key key, Consumer<Bytes> done);

    /** Merges a state into this replica's; {@code done} hears whether the result is durable. */
    void merge(Key key, Bytes siblings, Consumer<Boolean> done);

    /** Whether anything in a range of tokens is owed to anybody. */
    void owesAny(long firstToken, long lastToken, Consumer<Boolean> done);

    /**
     * Removes tombstones that nobody needs any more, each if its state still has that digest; {@code done} hears when that and the
     * horizon are durable, or could not be made so.
     *
     * @param horizon as in {@link io.quorate.core.message.ExchangeRequest.Reap}
     */
    void reap(int partition, long horizon, List<KeyDigest> tombstones, Consumer<Boolean> done);

    /**
     * A part of a range.
     *
     * @param more whether the range goes on behind the last entry
     */
    record Listing(List<KeyEntry> entries, boolean more) {}

    /** One key, in its storage form, and its state. */
    record KeyEntry(Bytes key, KeyState state) {}
}
