package io.quorate.core.message;

/** An answer to a {@link Request}. */
public sealed interface Reply permits ReplicaReply, ClusterReply, ExchangeReply, Refused, Lost {}
