package io.quorate.coordinator.wire;

import com.sun.management.OperatingSystemMXBean;
import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.coordinator.runtime.SystemClock;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a call and its reply cost over loopback, both sides together: 300 bytes there, 50 back, 64 in flight on one connection.
 *
 * <p>A program, not a test: {@code main [calls] [inFlight]}.
 */
public final class WireBenchmark {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final PeerTransport transport;
    private final EventLoop loop;
    private final ReplicaRequest request =
            new ReplicaRequest.Merge(Key.of("users", "alice-0001"), Bytes.wrap(new byte[240]), List.of());
    private long toSend;
    private long toReceive;
    private CountDownLatch finished = new CountDownLatch(1);

    private WireBenchmark(EventLoop loop, Address server) {
        this.loop = loop;
        transport = new PeerTransport(
                loop,
                new Identity("bench", "n1"),
                WireLimits.DEFAULT,
                new WireCounts(),
                node -> Optional.of(server),
                PeerListener.NONE);
    }

    /** Runs rounds of {@code calls} calls each. */
    public static void main(String[] arguments) throws Exception {
        long calls = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        int inFlight = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        SystemClock clock = new SystemClock();
        EventLoop serverLoop = EventLoop.of(vertx.getOrCreateContext(), clock);
        ReplicaReply.Fetched answer = new ReplicaReply.Fetched(1L << 60, Bytes.wrap(new byte[24]), false);
        WireServer server = new WireServer(
                serverLoop,
                new Identity("bench", "n2"),
                WireLimits.DEFAULT,
                new WireCounts(),
                (from, request, reply) -> reply.send(answer));
        int port = server.listen(new Address("127.0.0.1", 0))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        EventLoop clientLoop = onOtherLoop(vertx, clock);
        WireBenchmark benchmark = new WireBenchmark(clientLoop, new Address("127.0.0.1", port));
        for (int round = 0; round < 8; round++) {
            benchmark.round(calls, inFlight);
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private static EventLoop onOtherLoop(Vertx vertx, SystemClock clock) throws InterruptedException {
        EventLoop[] loop = new EventLoop[1];
        Thread thread = new Thread(() -> loop[0] = EventLoop.of(vertx.getOrCreateContext(), clock));
        thread.start();
        thread.join();
        return loop[0];
    }

    private void round(long calls, int inFlight) throws InterruptedException {
        finished = new CountDownLatch(1);
        long cpuBefore = SYSTEM.getProcessCpuTime();
        long wallBefore = System.nanoTime();
        loop.context().runOnContext(ignored -> {
            toSend = calls;
            toReceive = calls;
            for (int i = 0; i < inFlight; i++) {
                next();
            }
        });
        if (!finished.await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("calls were lost");
        }
        double cpuMicros = (SYSTEM.getProcessCpuTime() - cpuBefore) / 1_000.0;
        double wallMicros = (System.nanoTime() - wallBefore) / 1_000.0;
        System.out.printf(
                "%.2f us of CPU a call, %.0f calls a second%n", cpuMicros / calls, calls / wallMicros * 1_000_000);
    }

    private void next() {
        if (toSend > 0 && transport.call("n2", request, 10_000, this::onReply)) {
            toSend--;
        }
    }

    private void onReply(String node, Reply reply) {
        if (!(reply instanceof ReplicaReply.Fetched)) {
            throw new IllegalStateException("not an answer: " + reply);
        }
        toReceive--;
        if (toReceive == 0) {
            finished.countDown();
        }
        next();
    }
}
