package io.quorate.node.cli;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quorate.node.cli.client.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A node that follows the HTTP API as far as the command line uses it, with nothing behind it but a shared map. */
final class FakeNode implements AutoCloseable {
    static {
        // Else an answer in two packets waits 40 ms for the first one's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final FakeStore store;
    private final Supplier<String> cluster;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger refusalsLeft = new AtomicInteger();
    private volatile int refusal = 503;
    private volatile int diesAt = Integer.MAX_VALUE;

    FakeNode(FakeStore store, Supplier<String> cluster) throws IOException {
        this.store = store;
        this.cluster = cluster;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.getAddress().getPort());
    }

    int requests() {
        return requests.get();
    }

    /** Answers the next requests about keys with an error. */
    void refuse(int count, int status) {
        refusal = status;
        refusalsLeft.set(count);
    }

    /** Dies after so many requests, with the last of them done but not answered. */
    void dieAfter(int count) {
        diesAt = requests.get() + count;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int count = requests.incrementAndGet();
        FakeAnswer answer = answer(exchange, body);
        if (count >= diesAt) {
            exchange.close();
            close();
            return;
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json; charset=utf-8");
        answer.context().ifPresent(context -> headers.set("Quorate-Context", context));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        // Every other answer in chunks: both ways of HTTP/1.1 must be understood.
        exchange.sendResponseHeaders(answer.status(), count % 2 == 0 ? 0 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private FakeAnswer answer(HttpExchange exchange, byte[] body) {
        String[] path = exchange.getRequestURI().getRawPath().split("/", -1);
        return switch (path[1]) {
            case "cluster" -> new FakeAnswer(200, path.length > 2 ? FakeAnswer.RING : cluster.get());
            case "metrics" -> new FakeAnswer(200, FakeAnswer.metrics(requests.get()));
            case "inspect" -> new FakeAnswer(200, FakeAnswer.INSPECTION);
            case "antientropy" ->
                new FakeAnswer(
                        200, "{\"running\":" + exchange.getRequestMethod().equals("POST") + "}");
            default -> key(exchange, path, body);
        };
    }

    private FakeAnswer key(HttpExchange exchange, String[] path, byte[] body) {
        if (refusalsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return FakeAnswer.error(refusal, "quorum_not_reached", "1 of 2 nodes answered");
        }
        String bucket = decode(path[2]);
        if (path.length == 3) {
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            return FakeAnswer.page(store, bucket, query);
        }
        String key = decode(path[3]);
        return switch (exchange.getRequestMethod()) {
            case "GET" -> FakeAnswer.read(key, store.get(bucket, key));
            case "PUT" -> write(exchange, bucket, key, Optional.of(body));
            default -> write(exchange, bucket, key, Optional.empty());
        };
    }

    private FakeAnswer write(HttpExchange exchange, String bucket, String key, Optional<byte[]> value) {
        Headers headers = exchange.getRequestHeaders();
        Optional<String> id = Optional.ofNullable(headers.getFirst("Idempotency-Key"));
        String context =
                Optional.ofNullable(headers.getFirst("Quorate-Context")).orElse("");
        if (key.isEmpty()) {
            return FakeAnswer.error(400, "invalid_key", "a key must not be empty");
        }
        synchronized (store) {
            Optional<FakeStore.Written> before = store.repeated(id);
            if (before.isPresent()) {
                return FakeAnswer.written(key, before.get());
            }
            List<FakeStore.Version> held = store.get(bucket, key);
            boolean live = held.stream().anyMatch(version -> version.value().isPresent());
            if (headers.containsKey("If-None-Match") && live) {
                return FakeAnswer.error(412, "precondition_failed", "there is a value");
            }
            return FakeAnswer.written(key, store.write(bucket, key, value, context, id));
        }
    }

    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
