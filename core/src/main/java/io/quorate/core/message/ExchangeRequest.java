package io.quorate.core.message;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ExchangeReply.KeyDigest;
import java.util.List;

/**
 * What the initiator of an anti-entropy exchange asks of its peer. Each but {@link CompareRoots} belongs to one partition and is
 * handled by that partition's shard; a shard whose trees are still being rebuilt refuses.
 */
public sealed interface ExchangeRequest extends Request {
    /**
     * Which of these trees differ from yours, and which others have you of the same partitions that we both should have? Answered by
     * {@link ExchangeReply.TreesDiffer}.
     *
     * @param ring {@link io.quorate.core.ring.Ring#digest} of the initiator; who goes by another one refuses
     * @param empty partitions of which the initiator has no trees
     */
    record CompareRoots(long ring, List<TreeRoot> roots, List<Integer> empty) implements ExchangeRequest {}

    /** A tree and the hash of its root; zero when it has no keys. */
    record TreeRoot(TreeId tree, long hash) {}

    /**
     * Which of these nodes of a tree differ from yours? Answered by {@link ExchangeReply.NodesDiffer}.
     *
     * @param level below the root, from 1
     * @param claim whether the peer shall keep the partition for this initiator from now on, and refuse others
     */
    record CompareNodes(TreeId tree, int level, List<NodeHash> nodes, boolean claim) implements ExchangeRequest {}

    /** One node of a level, and its hash. */
    record NodeHash(int index, long hash) {}

    /**
     * Which keys do you have in these leaves? Answered by {@link ExchangeReply.Entries}.
     *
     * @param after storage form of the last key already known; empty from the start
     */
    record ListEntries(TreeId tree, List<Integer> leaves, Bytes after, int limit) implements ExchangeRequest {}

    /** What is your state of a key? Background work, unlike {@link ReplicaRequest.Fetch}. Answered by {@link ReplicaReply.Fetched}. */
    record FetchState(Key key) implements ExchangeRequest {}

    /**
     * What do you hold of a partition that could bring a deleted key back? Answered by {@link ExchangeReply.Vouched}.
     *
     * @param ring as in {@link CompareRoots}
     */
    record Vouch(long ring, int partition) implements ExchangeRequest {}

    /**
     * It is proven that nobody can bring these deleted keys back: remove them, if they are still as they were. Answered by
     * {@link ExchangeReply.Reaped}.
     *
     * @param horizon every write of the partition up to this time is known to all its replicas
     */
    record Reap(int partition, long horizon, List<KeyDigest> tombstones) implements ExchangeRequest {}

    /** What keeps you from reaping the partition's tombstones? Answered by {@link ExchangeReply.ReapingBlocked}. */
    record AskReaping(int partition) implements ExchangeRequest {}

    /** This initiator is done with the partition that it claimed. Not answered. */
    record Release(TreeId tree) implements ExchangeRequest {}
}
