package io.quorate.core.message;

import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.version.Context;
import io.quorate.core.version.RequestId;
import java.util.List;
import java.util.Optional;

/** What a coordinator asks of a replica. Each belongs to one partition and is handled by that partition's shard. */
public sealed interface ReplicaRequest extends Request {
    /**
     * Mint a dot for this write, merge it with what is here, and make it durable. Answered by {@link ReplicaReply.Stamped} at
     * once and {@link ReplicaReply.Durable} later.
     *
     * @param seen the client's context
     * @param value empty to delete
     * @param ttlMillis how long the value stays; zero for ever
     * @param idempotent keep a receipt: the client may send this request again
     * @param n copies to keep from now on, at least
     * @param owedTo primaries that will not get this write: recorded with it, so that they get it later. A node that is no
     *     primary itself stands in for the one it names
     */
    record Stamp(
            Key key,
            Context seen,
            Optional<Bytes> value,
            long ttlMillis,
            RequestId request,
            boolean idempotent,
            int n,
            ConflictRule conflict,
            List<String> owedTo)
            implements ReplicaRequest {}

    /**
     * Carry out operations on the key's typed value under a new dot, and make it durable. Answered as a {@link Stamp} is.
     *
     * @param operations as {@link io.quorate.core.datatype.OperationsCodec} writes them
     * @param known the state that the coordinator has read, to be merged first; empty bytes when it has read none
     * @param ttlMillis as in {@link Stamp}, as are {@code idempotent}, {@code n} and {@code owedTo}
     */
    record Patch(
            Key key,
            Bytes operations,
            Bytes known,
            long ttlMillis,
            RequestId request,
            boolean idempotent,
            int n,
            List<String> owedTo)
            implements ReplicaRequest {}

    /**
     * Merge this state with what is here and make it durable. Answered by {@link ReplicaReply.Durable}.
     *
     * @param owedTo as in {@link Stamp}
     */
    record Merge(Key key, Bytes siblings, List<String> owedTo) implements ReplicaRequest {}

    /**
     * Carry out all of these writes, of one group, or none. Answered by {@link ReplicaReply.StampedAll} at once and
     * {@link ReplicaReply.Durable} later.
     */
    record StampAll(List<Stamp> stamps) implements ReplicaRequest {
        public StampAll {
            requireOneGroup(stamps.stream().map(Stamp::key).toList());
        }
    }

    /** Merge all of these states, of one group, or none. Answered by {@link ReplicaReply.Durable}. */
    record MergeAll(List<Merge> merges) implements ReplicaRequest {
        public MergeAll {
            requireOneGroup(merges.stream().map(Merge::key).toList());
        }
    }

    /** Tell the states of all keys of a group, as they are at one moment. Answered by {@link ReplicaReply.FetchedGroup}. */
    record FetchGroup(Group group) implements ReplicaRequest {}

    /** Throws {@code IllegalArgumentException} for other keys, and for one that is named twice, so that such a message is malformed. */
    private static void requireOneGroup(List<Key> keys) {
        boolean oneGroup = keys.stream().map(Group::of).distinct().count() == 1
                && keys.get(0).tag().isPresent()
                && keys.stream().distinct().count() == keys.size();
        if (!oneGroup) {
            throw new IllegalArgumentException("not some keys of one group, each once");
        }
    }

    /**
     * These primaries have not acknowledged a write of the key that this node holds: remember to bring them its state. Answered by
     * {@link ReplicaReply.Durable}.
     */
    record Owe(Key key, List<String> targets) implements ReplicaRequest {}

    /**
     * Tell the state of a key. Answered by {@link ReplicaReply.Fetched}.
     *
     * @param wholeBytesMax a state longer than this is answered by its digest alone
     */
    record Fetch(Key key, int wholeBytesMax) implements ReplicaRequest {}

    /**
     * Name keys of a bucket that have a live value here, in storage order, from one partition. Answered by {@link ReplicaReply.Listed}.
     *
     * @param after storage form of the last key already known; empty from the partition's start
     */
    record ListKeys(int partition, String bucket, Bytes after, int limit) implements ReplicaRequest {}
}
