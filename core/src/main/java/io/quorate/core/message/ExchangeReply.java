package io.quorate.core.message;

import io.quorate.core.Bytes;
import io.quorate.core.message.ExchangeRequest.TreeRoot;
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
     * What a node holds of a partition.
     *
     * @param roots of all trees that have keys
     * @param owes whether it owes anything of the partition to anybody
     */
    record Vouched(List<TreeRoot> roots, boolean owes) implements ExchangeReply {}

    /** The tombstones are gone here, as far as they still were what the reaper thought. */
    record Reaped() implements ExchangeReply {}

    /** Why the tombstones of a partition were not reaped at the last attempt, in words. */
    record ReapingBlocked(List<String> reasons) implements ExchangeReply {}

    /**
     * One key as its replica holds it.
     *
     * @param key its storage form
     * @param digest {@link io.quorate.core.Hash} of its encoded state
     */
    record KeyDigest(Bytes key, long digest) {}
}
