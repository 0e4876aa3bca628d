package io.quorate.core.port;

import io.quorate.core.message.Request;

/**
 * Sends requests to nodes and brings their replies back to the shard that asked.
 *
 * <p>It never blocks and never throws. A request or a reply may be lost, late, doubled or out of order; the protocol's own
 * deadlines and merges bear that.
 */
public interface Transport {
    /**
     * Sends one request.
     *
     * <p>{@code replies} is called on this shard, never inside this call, once for every reply that arrives within
     * {@code timeoutMillis}, and with {@link io.quorate.core.message.Lost} when the connection broke while replies
     * were awaited. The deadline travels with the request, and a node that gets it too late drops it.
     *
     * @return false when the request surely did not leave: no connection, or the bound of requests in flight is reached. Then
     *     {@code replies} is never called.
     */
    boolean call(String node, Request request, int timeoutMillis, ReplyHandler replies);
}
