package io.quorate.node.runtime;

import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.coordinator.wire.PeerTransport;
import io.quorate.core.message.Request;
import io.quorate.core.port.RequestHandler;
import io.quorate.node.shard.NodeShard;

/** One shard and the event loop it lives on. */
public final class ShardLoop {
    private final EventLoop loop;
    private final NodeShard shard;
    private final PeerTransport peers;

    public ShardLoop(EventLoop loop, NodeShard shard, PeerTransport peers) {
        this.loop = loop;
        this.shard = shard;
        this.peers = peers;
    }

    public NodeShard shard() {
        return shard;
    }

    /** Runs a task on this shard's loop, soon. May be called from any thread. */
    public void execute(Runnable task) {
        loop.scheduler().execute(task);
    }

    /** A node that this loop may be waiting to try again lives. May be called from any thread. */
    public void onSignOfLife(String node) {
        execute(() -> peers.retry(node));
    }

    /** Runs a task about so much later. Called on this shard's loop. */
    void schedule(long delayMillis, Runnable task) {
        loop.scheduler().scheduleCoarse(delayMillis, task);
    }

    /** Hands over a request that {@code asking} took in, and brings the replies back to it. */
    void handle(ShardLoop asking, String from, Request request, RequestHandler.Responder reply) {
        if (asking == this) {
            shard.onRequest(from, request, reply);
        } else {
            execute(() -> shard.onRequest(from, request, answer -> asking.execute(() -> reply.send(answer))));
        }
    }
}
