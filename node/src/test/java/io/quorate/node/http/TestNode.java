package io.quorate.node.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.quorate.node.http.metrics.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The HTTP API on a loopback port, over a coordinator and a node that do as a test tells them. */
final class TestNode implements AutoCloseable {
    static {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    }

    final FakeCoordinator coordinator = new FakeCoordinator();
    final FakeNode node = new FakeNode();
    final Metrics metrics = new Metrics();

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final HttpApi api;
    private final HttpEndpoint endpoint;

    TestNode(HttpLimits limits) {
        api = new HttpApi(limits, coordinator, node, metrics);
        endpoint = await(onLoop(() -> HttpEndpoint.open(vertx, "127.0.0.1", 0, api)));
    }

    static TestNode start() {
        return new TestNode(HttpLimits.DEFAULT);
    }

    int port() {
        return endpoint.port();
    }

    RawConnection connect() throws IOException {
        return new RawConnection(port());
    }

    /** One request on a connection of its own. */
    Answer send(String method, String target, String... headers) throws IOException {
        return send(method, target, new byte[0], headers);
    }

    Answer send(String method, String target, byte[] body, String... headers) throws IOException {
        try (RawConnection connection = connect()) {
            connection.send(method, target, body, headers);
            return connection.receive(method);
        }
    }

    int requestsInFlight() {
        return await(onLoop(() -> Future.succeededFuture(api.requestsInFlight())));
    }

    int connections() {
        return await(onLoop(() -> Future.succeededFuture(endpoint.connections())));
    }

    void release() {
        await(onLoop(() -> {
            coordinator.release();
            return Future.succeededFuture();
        }));
    }

    Future<Void> shutdown(Duration grace) {
        return onLoop(() -> endpoint.close(grace));
    }

    void reset() {
        coordinator.reset();
        node.reset();
    }

    @Override
    public void close() {
        await(vertx.close());
        metrics.close();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing happened", e);
        }
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(now -> action.get().onComplete(promise));
        return promise.future();
    }
}
