package io.quorate.node.runtime;

import io.quorate.core.message.Request;
import io.quorate.core.port.ReplyHandler;
import io.quorate.core.port.Transport;
import java.util.function.Supplier;

/** One shard's way to every node: over the wire to the others, by hand to this one's own shards. */
public final class RoutedTransport implements Transport {
    private final String self;
    private final Transport wire;
    private final Supplier<Shards> shards;
    private final Supplier<ShardLoop> asking;

    /**
     * Joins the two ways.
     *
     * @param shards asked when a request goes to this node itself, by when all of its shards exist
     */
    public RoutedTransport(String self, Transport wire, Supplier<Shards> shards, Supplier<ShardLoop> asking) {
        this.self = self;
        this.wire = wire;
        this.shards = shards;
        this.asking = asking;
    }

    @Override
    public boolean call(String node, Request request, int timeoutMillis, ReplyHandler replies) {
        if (!node.equals(self)) {
            return wire.call(node, request, timeoutMillis, replies);
        }
        ShardLoop here = asking.get();
        // A task of its own even on the same loop: replies never come inside the call.
        here.execute(() -> shards.get().handle(here, self, request, reply -> replies.onReply(self, reply)));
        return true;
    }
}
