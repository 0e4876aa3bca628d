package io.quorate.core.port;

import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;

/** What a node does with the requests of others. Called on the shard that the request belongs to. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Takes one request.
     *
     * @param from node id of the sender; starts with {@code client-} for an embedded coordinator
     * @param reply may be called later and more than once ({@code Stamped}, then {@code Durable}), on this shard
     */
    void onRequest(String from, Request request, Responder reply);

    /** The way back to whoever asked. Never blocks, never throws, and may lose what it is given. */
    @FunctionalInterface
    interface Responder {
        void send(Reply reply);
    }
}
