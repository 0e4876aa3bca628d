package io.quorate.node.http;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.node.http.json.JsonOut;
import io.quorate.node.http.metrics.Operation;
import io.quorate.node.http.request.KeyPath;
import io.quorate.node.http.request.MediaType;
import io.quorate.node.http.request.Parameter;
import io.quorate.node.http.request.Problem;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /buckets} and what is below it: what buckets promise by default, shown and changed. */
final class BucketRequests {
    private static final int BODY_BYTES_MAX = 4_096;

    private final NodeView node;

    BucketRequests(NodeView node) {
        this.node = node;
    }

    void addTo(Routes routes) {
        routes.on(HttpMethod.GET, "/buckets", (exchange, none) -> list(exchange));
        routes.on(HttpMethod.GET, "/buckets/{}", (exchange, names) -> show(exchange, bucket(exchange, names.get(0))));
        routes.on(HttpMethod.PUT, "/buckets/{}", (exchange, names) -> change(exchange, bucket(exchange, names.get(0))));
        routes.on(
                HttpMethod.DELETE,
                "/buckets/{}",
                (exchange, names) -> set(exchange, bucket(exchange, names.get(0)), Optional.empty()));
    }

    private static String bucket(Exchange exchange, String name) {
        begin(exchange);
        return KeyPath.requireBucket(name);
    }

    private static void begin(Exchange exchange) {
        exchange.is(Operation.BUCKETS);
        exchange.query(Parameter.NONE);
    }

    private void list(Exchange exchange) {
        begin(exchange);
        JsonOut json = new JsonOut().object().name("buckets").object();
        node.buckets().forEach((bucket, properties) -> BucketJson.write(json.name(bucket), properties));
        BucketJson.write(json.endObject().name("defaults"), node.defaults());
        exchange.answer(200, json.endObject());
    }

    private void show(Exchange exchange, String bucket) {
        exchange.answer(200, BucketJson.write(new JsonOut(), node.bucket(bucket)));
    }

    private void change(Exchange exchange, String bucket) {
        MediaType.requireJson(exchange.request().headers());
        exchange.admit();
        BodyReader.read(exchange, BODY_BYTES_MAX, body -> {
            BucketJson reader =
                    new BucketJson(node.defaults(), node.ring().members().size());
            store(exchange, bucket, Optional.of(reader.read(body)));
        });
    }

    private void set(Exchange exchange, String bucket, Optional<BucketProperties> properties) {
        exchange.admit();
        store(exchange, bucket, properties);
    }

    private void store(Exchange exchange, String bucket, Optional<BucketProperties> properties) {
        Consumer<Optional<String>> done = failure -> exchange.attempt(() -> {
            if (failure.isPresent()) {
                exchange.refuse(new Problem(503, "unavailable", failure.get()));
            } else {
                exchange.answer(200, BucketJson.write(new JsonOut(), properties.orElseGet(node::defaults)));
            }
        });
        node.setBucket(bucket, properties, done);
    }
}
