package io.quorate.node.runtime;

import io.quorate.core.message.Request;
import io.quorate.core.port.RequestHandler;
import java.util.function.Supplier;

/** Takes the requests that arrive on one loop to the shard each belongs to. */
public final class RequestRouter implements RequestHandler {
    private final Supplier<Shards> shards;
    private final Supplier<ShardLoop> arrival;

    public RequestRouter(Supplier<Shards> shards, Supplier<ShardLoop> arrival) {
        this.shards = shards;
        this.arrival = arrival;
    }

    @Override
    public void onRequest(String from, Request request, Responder reply) {
        shards.get().handle(arrival.get(), from, request, reply);
    }
}
