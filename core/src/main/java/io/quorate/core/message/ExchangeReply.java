package io.quorate.core.message;

import io.quorate.core.Bytes;
import java.util.List;

/** What the peer of an anti-entropy exchange answers. */
public sealed interface ExchangeReply extends Reply {
    /** Of the trees asked about, those that differ. */
    record TreesDiffer(List<TreeId> trees) implements ExchangeReply {}

    /** Of the nodes asked about, those that differ. */
    record NodesDiffer(List<Integer> indices) implements ExchangeReply {}

    /**
     * Keys in storage order.
     *
     * @param more whether there are others beyond the last
     */
    record Entries(List<KeyDigest> entries, boolean more) implements ExchangeReply {}

    /**
     * One key as its replica holds it.
     *
     * @param key its storage form
     * @param digest {@link io.quorate.core.Hash} of its encoded state
     */
    record KeyDigest(Bytes key, long digest) {}
}
