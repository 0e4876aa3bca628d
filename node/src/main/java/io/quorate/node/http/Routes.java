package io.quorate.node.http;

import io.quorate.node.http.request.Percent;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Which action a path and a method mean, for everything but keys. HEAD goes where GET goes. */
final class Routes {
    private static final String ANY = "{}";

    private final List<Route> routes = new ArrayList<>();

    /**
     * What one method does at one kind of path.
     *
     * @param segments of the path; {@code {}} stands for any one
     * @param action gets the segments that {@code {}} stood for, decoded
     */
    private record Route(HttpMethod method, List<String> segments, BiConsumer<Exchange, List<String>> action) {
        boolean allows(HttpMethod asked) {
            return method.equals(asked) || (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD));
        }

        /** What {@code {}} stood for, or empty when the path is another. */
        Optional<List<String>> match(List<String> path) {
            if (path.size() != segments.size()) {
                return Optional.empty();
            }
            List<String> matched = new ArrayList<>();
            for (int i = 0; i < path.size(); i++) {
                if (segments.get(i).equals(ANY)) {
                    matched.add(path.get(i));
                } else if (!segments.get(i).equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(matched);
        }
    }

    void on(HttpMethod method, String path, BiConsumer<Exchange, List<String>> action) {
        routes.add(new Route(method, segments(path), action));
    }

    void handle(Exchange exchange) {
        List<String> path = segments(exchange.path());
        Set<String> allowed = new LinkedHashSet<>();
        for (Route route : routes) {
            Optional<List<String>> matched = route.match(path);
            if (matched.isPresent() && route.allows(exchange.method())) {
                route.action().accept(exchange, matched.get());
                return;
            }
            matched.ifPresent(other -> allow(allowed, route.method()));
        }
        throw allowed.isEmpty() ? notFound(exchange) : notAllowed(exchange, String.join(", ", allowed));
    }

    static Refusal notAllowed(Exchange exchange, String allowed) {
        exchange.request().response().putHeader(HttpHeaders.ALLOW, allowed);
        return new Refusal(new Problem(
                405, "method_not_allowed", exchange.method() + " does nothing here; use one of " + allowed + "."));
    }

    private static void allow(Set<String> allowed, HttpMethod method) {
        allowed.add(method.name());
        if (method.equals(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD.name());
        }
    }

    private static Refusal notFound(Exchange exchange) {
        return new Refusal(Problem.notFound("There is nothing at " + exchange.path()
                + "; there are /kv/{bucket}/{key}, /kv/{bucket}, /buckets, /buckets/{bucket}, /inspect/{bucket}/{key}, /cluster,"
                + " /cluster/ring, /cluster/sync, /antientropy, /health/live, /health/ready and /metrics."));
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String raw : path.substring(1).split("/", -1)) {
            // What cannot be decoded matches no name, and is refused by whoever takes it for a bucket's.
            segments.add(Percent.decode(raw).orElse(raw));
        }
        return segments;
    }
}
