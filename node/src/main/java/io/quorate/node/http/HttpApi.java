package io.quorate.node.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.node.http.metrics.Metrics;
import io.quorate.node.http.metrics.RequestTimers;
import io.quorate.node.http.request.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** The HTTP API of one event loop. Everything it is given is used on that loop alone, but for the metrics. */
public final class HttpApi implements Handler<HttpServerRequest> {
    private final Loop loop;
    private final KeyRequests keys;
    private final InspectRequest inspect;
    private final Routes routes = new Routes();

    public HttpApi(HttpLimits limits, Coordinator coordinator, NodeView node, Metrics metrics) {
        loop = new Loop(limits, new Load(limits), new RequestTimers(metrics));
        keys = new KeyRequests(coordinator, node);
        inspect = new InspectRequest(coordinator);
        new BucketRequests(node).addTo(routes);
        new ClusterRequests(node, metrics).addTo(routes);
        new MemberRequests(node).addTo(routes);
        new RepairRequests(node).addTo(routes);
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.response().writeQueueFull()) {
            // A client that asks without reading its answers waits, or they would pile up here.
            request.pause();
            request.response().drainHandler(drained -> {
                request.resume();
                dispatch(request);
            });
            return;
        }
        dispatch(request);
    }

    /** Answers what is not HTTP. Nothing that follows on the connection can be trusted, and Vert.x closes it. */
    void handleInvalid(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        new Exchange(request, loop).refuse(problem(request.decoderResult().cause()));
    }

    HttpLimits limits() {
        return loop.limits();
    }

    /** Requests that wait for an answer. */
    int requestsInFlight() {
        return loop.load().requests();
    }

    private void dispatch(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, loop);
        exchange.attempt(() -> {
            if (exchange.path().startsWith(KeyRequests.PREFIX)) {
                keys.handle(exchange);
            } else if (exchange.path().startsWith(InspectRequest.PREFIX)) {
                inspect.handle(exchange);
            } else {
                routes.handle(exchange);
            }
        });
    }

    private static Problem problem(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problem.keyTooLong(
                    "The request's path and query are too long; shorten the key, or send the context as a header.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Problem(
                    431, "headers_too_long", "The request's headers are too long; send fewer or shorter ones.");
        }
        return Problem.invalidParameter(
                "The request is not HTTP/1.1; percent-encode what the path and query may not hold.");
    }
}
