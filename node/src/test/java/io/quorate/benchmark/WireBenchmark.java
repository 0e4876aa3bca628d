package io.quorate.benchmark;

import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.coordinator.runtime.SystemClock;
import io.quorate.coordinator.wire.Address;
import io.quorate.coordinator.wire.Identity;
import io.quorate.coordinator.wire.PeerListener;
import io.quorate.coordinator.wire.PeerTransport;
import io.quorate.coordinator.wire.WireCounts;
import io.quorate.coordinator.wire.WireLimits;
import io.quorate.coordinator.wire.WireServer;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A call and its reply over loopback: 300 bytes there, 50 back, 64 in flight on one connection. */
@State(Scope.Thread)
public class WireBenchmark {
    private static final int CALLS = 4096;
    private static final int IN_FLIGHT = 64;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Merge request = new Merge(Key.of("users", "alice-0001"), Bytes.wrap(new byte[240]), List.of());
    private final Fetched answer = new Fetched(1L << 60, Bytes.wrap(new byte[24]), false);
    private Vertx vertx;
    private EventLoop loop;
    private PeerTransport transport;

    /** One round of calls, on the loop. */
    private final class Round {
        private final CompletableFuture<Void> finished = new CompletableFuture<>();
        private int toSend = CALLS;
        private int toReceive = CALLS;

        void start() {
            for (int i = 0; i < IN_FLIGHT; i++) {
                next();
            }
        }

        private void next() {
            if (toSend == 0) {
                return;
            }
            toSend--;
            if (!transport.call("n2", request, PATIENCE_MILLIS, this::onReply)) {
                finished.completeExceptionally(new IllegalStateException("a call could not be sent"));
            }
        }

        private void onReply(String node, Reply reply) {
            if (!(reply instanceof Fetched)) {
                finished.completeExceptionally(new IllegalStateException("not an answer: " + reply));
            }
            toReceive--;
            if (toReceive == 0) {
                finished.complete(null);
            }
            next();
        }
    }

    /** Starts a server and a client, each on its own loop, unconnected until the first call. */
    @Setup
    public void open() throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        SystemClock clock = new SystemClock();
        WireServer server = new WireServer(
                newLoop(clock),
                new Identity("benchmark", "n2"),
                WireLimits.DEFAULT,
                new WireCounts(),
                (from, call, reply) -> reply.send(answer),
                node -> {});
        int port = server.listen(new Address("127.0.0.1", 0))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        loop = newLoop(clock);
        transport = new PeerTransport(
                loop,
                new Identity("benchmark", "n1"),
                WireLimits.DEFAULT,
                new WireCounts(),
                node -> Optional.of(new Address("127.0.0.1", port)),
                PeerListener.NONE);
    }

    /** Contexts made on new threads are spread over the pool's loops. */
    private EventLoop newLoop(SystemClock clock) throws Exception {
        CompletableFuture<EventLoop> made = new CompletableFuture<>();
        new Thread(() -> made.complete(EventLoop.of(vertx.getOrCreateContext(), clock))).start();
        return made.get();
    }

    @TearDown
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void call() throws Exception {
        Round round = new Round();
        loop.context().runOnContext(ignored -> round.start());
        round.finished.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
