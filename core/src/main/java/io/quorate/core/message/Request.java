package io.quorate.core.message;

/** Something one node, or an embedded coordinator, asks of a node. */
public sealed interface Request permits ReplicaRequest, Fenced, ClusterRequest, ExchangeRequest {}
