package io.quorate.node.http;

import io.quorate.core.ring.Ring;
import io.quorate.node.http.json.JsonOut;
import io.quorate.node.http.metrics.Metrics;
import io.quorate.node.http.metrics.Operation;
import io.quorate.node.http.request.Parameter;
import io.quorate.node.http.request.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is asked of a node about itself and its cluster. */
final class ClusterRequests {
    private static final CharSequence PROMETHEUS_TEXT =
            HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");

    private final NodeView node;
    private final Metrics metrics;

    ClusterRequests(NodeView node, Metrics metrics) {
        this.node = node;
        this.metrics = metrics;
    }

    void addTo(Routes routes) {
        routes.on(HttpMethod.GET, "/health/live", (exchange, none) -> live(exchange));
        routes.on(HttpMethod.GET, "/health/ready", (exchange, none) -> ready(exchange));
        routes.on(HttpMethod.GET, "/cluster", (exchange, none) -> cluster(exchange));
        routes.on(HttpMethod.GET, "/cluster/ring", (exchange, none) -> ring(exchange));
        routes.on(HttpMethod.GET, "/metrics", (exchange, none) -> metrics(exchange));
    }

    private static void live(Exchange exchange) {
        begin(exchange, Operation.HEALTH);
        exchange.answer(200, new JsonOut().object().field("status", "live").endObject());
    }

    private void ready(Exchange exchange) {
        begin(exchange, Operation.HEALTH);
        List<String> reasons = node.unready();
        if (reasons.isEmpty()) {
            exchange.answer(200, new JsonOut().object().field("status", "ready").endObject());
            return;
        }
        exchange.refuse(new Problem(
                503, "not_ready", "The node is not ready to be sent requests; wait, or see the reasons.", json -> {
                    json.name("reasons").array();
                    reasons.forEach(json::string);
                    json.endArray();
                }));
    }

    private void cluster(Exchange exchange) {
        begin(exchange, Operation.CLUSTER);
        Ring ring = node.ring();
        Map<String, Integer> owned = partitionsOwned(ring);
        List<NodeView.MemberView> members = node.members();
        JsonOut json = new JsonOut().object();
        json.field("node", node.self()).field("cluster", ring.members().cluster());
        json.field("epoch", node.epoch()).field("partitions", ring.partitions());
        json.field(
                "hints_waiting",
                members.stream().mapToLong(NodeView.MemberView::hintsWaiting).sum());
        json.name("members").array();
        members.forEach(
                view -> member(json, view, owned.getOrDefault(view.member().id(), 0)));
        json.endArray();
        node.change().ifPresent(change -> ChangeJson.write(change, json));
        exchange.answer(200, json.endObject());
    }

    private static void member(JsonOut json, NodeView.MemberView view, int partitions) {
        json.object().field("id", view.member().id());
        json.field("address", view.member().peer()).field("http", view.member().http());
        json.field("zone", view.member().zone()).field("weight", view.member().weight());
        json.field("state", view.state().label()).field("partitions", partitions);
        json.field("hints_waiting", view.hintsWaiting());
        if (!view.trouble().isEmpty()) {
            json.field("trouble", view.trouble());
        }
        json.endObject();
    }

    /** How many partitions have each node among their primaries, for keys of the default n. */
    private Map<String, Integer> partitionsOwned(Ring ring) {
        Map<String, Integer> owned = new TreeMap<>();
        for (int partition = 0; partition < ring.partitions(); partition++) {
            ring.preference(partition).stream()
                    .limit(node.defaults().n())
                    .forEach(id -> owned.merge(id, 1, Integer::sum));
        }
        return owned;
    }

    private void ring(Exchange exchange) {
        begin(exchange, Operation.CLUSTER);
        Ring ring = node.ring();
        JsonOut json = new JsonOut().object().field("epoch", node.epoch());
        json.name("partitions").object();
        for (int partition = 0; partition < ring.partitions(); partition++) {
            json.name(Integer.toString(partition)).array();
            ring.preference(partition).forEach(json::string);
            json.endArray();
        }
        exchange.answer(200, json.endObject().endObject());
    }

    private void metrics(Exchange exchange) {
        begin(exchange, Operation.METRICS);
        exchange.answer(200, PROMETHEUS_TEXT, Buffer.buffer(metrics.scrape()));
    }

    private static void begin(Exchange exchange, Operation operation) {
        exchange.is(operation);
        exchange.query(Parameter.NONE);
    }
}
