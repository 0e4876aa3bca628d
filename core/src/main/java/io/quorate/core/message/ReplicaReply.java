package io.quorate.core.message;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.version.Dot;
import java.util.List;

/** What a replica answers. */
public sealed interface ReplicaReply extends Reply {
    /**
     * The write has its dot and is in memory; it is not durable yet.
     *
     * @param siblings the replica's whole state after the write, for the other replicas to merge
     * @param versions how many distinct versions that state has
     */
    record Stamped(Dot dot, Bytes siblings, int versions) implements ReplicaReply {
        @Override
        public boolean isFinal() {
            return false;
        }
    }

    /** The writes have their dots and are in memory, in the order of the request; none is durable yet. */
    record StampedAll(List<Stamped> all) implements ReplicaReply {
        @Override
        public boolean isFinal() {
            return false;
        }
    }

    /** The write or merge survives a crash of this node. */
    record Durable() implements ReplicaReply {}

    /**
     * The state of a key here.
     *
     * @param digest {@link io.quorate.core.Hash} of the encoded state; zero when absent
     * @param siblings the state; empty bytes when absent, or when {@code digestOnly}
     */
    record Fetched(long digest, Bytes siblings, boolean digestOnly) implements ReplicaReply {
        public static final Fetched ABSENT = new Fetched(0, Bytes.EMPTY, false);

        public boolean isAbsent() {
            return digest == 0;
        }
    }

    /**
     * Keys in storage order.
     *
     * @param last storage form of the last key looked at, live or not
     * @param more whether there are keys of the partition beyond {@code last}
     */
    record Listed(List<String> names, Bytes last, boolean more) implements ReplicaReply {}

    /** The states of all keys of a group here, in storage order, as they were at one moment after the request came. */
    record FetchedGroup(List<State> states) implements ReplicaReply {}

    /** A key and its state. */
    record State(Key key, Bytes siblings) {}
}
