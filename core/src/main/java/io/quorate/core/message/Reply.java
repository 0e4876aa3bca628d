package io.quorate.core.message;

/** An answer to a {@link Request}. */
public sealed interface Reply permits ReplicaReply, ClusterReply, ExchangeReply, Refused, Lost {
    /** Whether no other reply to the same request follows. */
    default boolean isFinal() {
        return true;
    }
}
