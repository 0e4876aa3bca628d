package io.quorate.coordinator.wire;

import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.coordinator.runtime.SystemClock;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.Clock;
import io.quorate.core.port.RequestHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Servers and transports of one test, each on an event loop of its own, over loopback. */
final class WireFixture implements AutoCloseable {
    static final Key KEY = Key.of("users", "alice");
    static final Request FETCH = new ReplicaRequest.Fetch(KEY, 1_000);
    static final Reply ABSENT = ReplicaReply.Fetched.ABSENT;
    static final Reply DURABLE = new ReplicaReply.Durable();
    static final int LONG_MILLIS = 30_000;

    /** Small bounds and short pauses, so that tests meet them. */
    static final WireLimits LIMITS = new WireLimits(100_000, 100, 1_000_000, 400_000, 100, 5_000, 5_000, 5, 50, 5_000);

    private static final long WAIT_SECONDS = 20;

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    /** Who has connected to any server. */
    final LinkedBlockingQueue<String> arrivals = new LinkedBlockingQueue<>();

    /** Node id to port; what is not there has no address. */
    final Map<String, Integer> ports = new ConcurrentSkipListMap<>();

    static Identity node(String id) {
        return new Identity("test", id);
    }

    static ReplicaRequest.Merge merge(int bytes) {
        return new ReplicaRequest.Merge(KEY, Bytes.wrap(new byte[bytes]), List.of());
    }

    /** A loop that another call does not get: contexts made outside a context are spread over the pool. */
    EventLoop loop(Clock clock) {
        CompletableFuture<EventLoop> made = new CompletableFuture<>();
        new Thread(() -> made.complete(EventLoop.of(vertx.getOrCreateContext(), clock))).start();
        return get(made);
    }

    /** A server whose address transports of this fixture know. */
    Server server(Identity identity, WireLimits limits, RequestHandler handler) {
        return server(loop(new SystemClock()), identity, limits, handler, 0);
    }

    Server server(EventLoop loop, Identity identity, WireLimits limits, RequestHandler handler, int port) {
        WireServer server = new WireServer(loop, identity, limits, new WireCounts(), handler, arrivals::add);
        ports.put(identity.node(), get(server.listen(new Address("127.0.0.1", port))));
        return new Server(loop, server);
    }

    Client client(Identity identity, WireLimits limits) {
        EventLoop loop = loop(new SystemClock());
        LinkedBlockingQueue<String> connections = new LinkedBlockingQueue<>();
        PeerTransport transport = new PeerTransport(
                loop, identity, limits, new WireCounts(), this::address, new RecordingListener(connections));
        return new Client(loop, transport, connections);
    }

    private Optional<Address> address(String node) {
        return Optional.ofNullable(ports.get(node))
                .map(port -> new Address("127.0.0.1", port))
                .or(() -> Address.parse(node));
    }

    static <T> T get(Future<T> future) {
        return get(future.toCompletionStage().toCompletableFuture());
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T next(LinkedBlockingQueue<T> queue) {
        try {
            T taken = queue.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (taken == null) {
                throw new AssertionError("nothing came");
            }
            return taken;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        get(vertx.close());
    }

    /** A server and its loop. */
    record Server(EventLoop loop, WireServer wire) {
        void close() {
            get(wire.close());
        }
    }

    /** A transport, and what a test thread does with it. */
    record Client(EventLoop loop, PeerTransport transport, LinkedBlockingQueue<String> connections) {
        /** Runs a task on the transport's loop. */
        <T> T run(Supplier<T> task) {
            CompletableFuture<T> done = new CompletableFuture<>();
            loop.context().runOnContext(ignored -> {
                try {
                    done.complete(task.get());
                } catch (RuntimeException | AssertionError e) {
                    done.completeExceptionally(e);
                }
            });
            return get(done);
        }

        Calls calls() {
            return new Calls(this, new LinkedBlockingQueue<>());
        }

        /** One call and its first reply. */
        Reply ask(String node, Request request) {
            Calls calls = calls();
            if (!calls.send(node, request, LONG_MILLIS)) {
                throw new AssertionError("not sent");
            }
            return next(calls.replies());
        }

        /** Calls until the peer is connected and answers. */
        void connect(String node) {
            while (!connections.contains("+" + node)) {
                Calls calls = calls();
                if (calls.send(node, FETCH, LONG_MILLIS)) {
                    next(calls.replies());
                }
            }
        }
    }

    /** Calls whose replies come to one queue. */
    record Calls(Client client, LinkedBlockingQueue<Reply> replies) {
        boolean send(String node, Request request, int timeoutMillis) {
            return client.run(() -> sendHere(node, request, timeoutMillis));
        }

        /** The same, on the loop already. */
        boolean sendHere(String node, Request request, int timeoutMillis) {
            boolean[] inside = {true};
            boolean sent = client.transport.call(node, request, timeoutMillis, (from, reply) -> {
                if (inside[0] || !from.equals(node)) {
                    throw new AssertionError("a reply within the call, or from another");
                }
                replies.add(reply);
            });
            inside[0] = false;
            return sent;
        }

        List<Reply> take(int count) {
            List<Reply> taken = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                taken.add(next(replies));
            }
            return taken;
        }
    }

    /** Writes down what a listener hears. */
    private record RecordingListener(LinkedBlockingQueue<String> events) implements PeerListener {
        @Override
        public void onConnected(String node) {
            events.add("+" + node);
        }

        @Override
        public void onDisconnected(String node) {
            events.add("-" + node);
        }
    }
}
