package io.quorate.node.http;

import io.quorate.antientropy.PeerProgress;
import io.quorate.node.http.json.JsonOut;
import io.quorate.node.http.metrics.Operation;
import io.quorate.node.http.request.Parameter;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Query;
import io.quorate.node.http.request.Values;
import io.quorate.node.membership.OwedSurvey.Owing;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** What is asked of a node about the background work that keeps replicas the same. */
final class RepairRequests {
    private static final Set<Parameter> OF_SYNC = EnumSet.of(Parameter.TIMEOUT);
    private static final int SYNC_MILLIS_DEFAULT = 30_000;

    private final NodeView node;

    RepairRequests(NodeView node) {
        this.node = node;
    }

    void addTo(Routes routes) {
        routes.on(HttpMethod.POST, "/cluster/sync", (exchange, none) -> sync(exchange));
        routes.on(HttpMethod.GET, "/antientropy", (exchange, none) -> show(exchange));
        routes.on(HttpMethod.POST, "/antientropy", (exchange, none) -> run(exchange));
    }

    private void sync(Exchange exchange) {
        exchange.is(Operation.CLUSTER);
        Query query = exchange.query(OF_SYNC);
        int timeoutMillis =
                query.find(Parameter.TIMEOUT).isPresent() ? Values.timeoutMillis(query) : SYNC_MILLIS_DEFAULT;
        node.sync(timeoutMillis, owing -> {
            if (owing.isNothing()) {
                JsonOut json = new JsonOut().object().field("status", "synced");
                exchange.answer(200, json.name("owed").object().endObject().endObject());
            } else {
                exchange.refuse(new Problem(504, "not_synced", reason(owing), json -> left(json, owing)));
            }
        });
    }

    private static String reason(Owing owing) {
        return owing.silent().isEmpty()
                ? "Members still owe writes to others; wait until those can be reached, or give more time with timeout=60s."
                : "Members that may owe writes did not answer: " + String.join(", ", owing.silent())
                        + "; bring them back, and ask again.";
    }

    private static void left(JsonOut json, Owing owing) {
        json.name("owed").object();
        for (Map.Entry<String, SortedMap<String, Long>> debtor : owing.debts().entrySet()) {
            json.name(debtor.getKey()).object();
            debtor.getValue().forEach(json::field);
            json.endObject();
        }
        json.endObject().name("silent").array();
        owing.silent().forEach(json::string);
        json.endArray();
    }

    private void show(Exchange exchange) {
        exchange.is(Operation.CLUSTER);
        exchange.query(Parameter.NONE);
        node.antiEntropy(progress -> answer(exchange, progress));
    }

    private void run(Exchange exchange) {
        exchange.is(Operation.CLUSTER);
        exchange.query(Parameter.NONE);
        node.runAntiEntropy(progress -> answer(exchange, progress));
    }

    private void answer(Exchange exchange, List<PeerProgress> peers) {
        JsonOut json = new JsonOut().object().field("node", node.self());
        json.name("peers").array();
        for (PeerProgress peer : peers) {
            json.object().field("peer", peer.peer()).field("running", peer.running());
            json.field("rounds", peer.rounds());
            time(json, "last_round", peer.lastRoundMillis());
            time(json, "in_sync_as_of", peer.inSyncMillis());
            json.field("partitions_compared", peer.partitionsCompared());
            json.field("partitions_differing", peer.partitionsDiffering());
            json.field("keys_repaired", peer.keysRepaired()).field("keys_in_flight", peer.keysInFlight());
            json.field("bytes", peer.bytes()).endObject();
        }
        exchange.answer(200, json.endArray().endObject());
    }

    private static void time(JsonOut json, String name, long millis) {
        json.name(name);
        if (millis == 0) {
            json.nothing();
        } else {
            json.string(Instant.ofEpochMilli(millis).toString());
        }
    }
}
