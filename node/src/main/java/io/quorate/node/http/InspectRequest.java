package io.quorate.node.http;

import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Key;
import io.quorate.core.version.ContextCodec;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.node.http.json.JsonOut;
import io.quorate.node.http.metrics.Operation;
import io.quorate.node.http.request.Parameter;
import io.quorate.node.http.request.Values;
import io.vertx.core.http.HttpMethod;
import java.util.HexFormat;
import java.util.List;

/** {@code /inspect/{bucket}/{key}}: what each replica itself holds, without merging it. */
final class InspectRequest {
    static final String PREFIX = "/inspect/";

    private final Coordinator coordinator;

    InspectRequest(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    void handle(Exchange exchange) {
        exchange.is(Operation.INSPECT);
        if (!exchange.method().equals(HttpMethod.GET) && !exchange.method().equals(HttpMethod.HEAD)) {
            throw Routes.notAllowed(exchange, "GET, HEAD");
        }
        Key key = exchange.key(PREFIX);
        int timeoutMillis = Values.timeoutMillis(exchange.query(Parameter.OF_INSPECT));
        exchange.admit();
        coordinator.inspect(
                key, timeoutMillis, inspection -> exchange.attempt(() -> exchange.answer(200, body(key, inspection))));
    }

    private static JsonOut body(Key key, Inspection inspection) {
        JsonOut json = new JsonOut().object().field("bucket", key.bucket()).field("key", key.name());
        json.field("partition", inspection.partition()).name("preference").array();
        inspection.preference().forEach(json::string);
        json.endArray().field("agree", inspection.agree()).name("replicas").array();
        inspection.replicas().forEach(replica -> replica(json, key, replica));
        json.endArray();
        if (!inspection.reapingBlocked().isEmpty()) {
            json.name("tombstone_blocked_by").array();
            inspection.reapingBlocked().forEach(json::string);
            json.endArray();
        }
        return json.endObject();
    }

    private static void replica(JsonOut json, Key key, Inspection.Replica replica) {
        json.object().field("node", replica.node()).field("role", replica.primary() ? "primary" : "fallback");
        if (replica.failure().isPresent()) {
            json.field("state", "unreachable").field("reason", replica.failure().get());
        } else {
            Siblings held = replica.state().orElse(Siblings.EMPTY);
            json.field("state", state(held)).field("n", held.n());
            json.field("digest", HexFormat.of().toHexDigits(replica.digest()));
            json.field("context", ContextCodec.toToken(held.context(), key));
            versions(json, held);
        }
        json.endObject();
    }

    private static String state(Siblings held) {
        List<Sibling> shown = held.distinct();
        if (shown.isEmpty()) {
            return "absent";
        }
        if (held.isDeleted()) {
            return "tombstone";
        }
        return shown.size() == 1 ? "value" : "siblings";
    }

    private static void versions(JsonOut json, Siblings held) {
        json.name("versions").array();
        for (Sibling version : held.versions()) {
            Versions.fields(json.object(), version.dot(), version.expiresMillis());
            if (version.isTombstone()) {
                json.field("deleted", true);
            }
            json.endObject();
        }
        json.endArray();
    }
}
