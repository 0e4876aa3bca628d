package io.quorate.node.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.node.http.json.JsonFault;
import io.quorate.node.http.json.JsonOut;
import io.quorate.node.http.json.JsonText;
import io.quorate.node.http.metrics.Operation;
import io.quorate.node.http.request.MediaType;
import io.quorate.node.http.request.Parameter;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Query;
import io.quorate.node.http.request.Refusal;
import io.quorate.node.membership.Membership.Outcome;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code /cluster/members}: who is let in, and who is let go. Both are begun here; how far they are stands in {@code /cluster}. */
final class MemberRequests {
    private static final int BODY_BYTES_MAX = 4_096;
    private static final String FORM =
            "Name the node to invite: {\"address\":\"host:port\"} (its peer address), and with"
                    + " \"replaces\":\"n2\" the dead member whose place it takes.";

    private final NodeView node;

    MemberRequests(NodeView node) {
        this.node = node;
    }

    void addTo(Routes routes) {
        routes.on(HttpMethod.POST, "/cluster/members", (exchange, none) -> invite(exchange));
        routes.on(HttpMethod.DELETE, "/cluster/members/{}", (exchange, ids) -> remove(exchange, ids.get(0)));
    }

    private void invite(Exchange exchange) {
        exchange.is(Operation.CLUSTER);
        exchange.query(Parameter.NONE);
        MediaType.requireJson(exchange.request().headers());
        exchange.admit();
        BodyReader.read(exchange, BODY_BYTES_MAX, body -> {
            Map<String, String> fields = read(body);
            String address = Optional.ofNullable(fields.remove("address")).orElseThrow(() -> refusal(FORM));
            String replaces = Optional.ofNullable(fields.remove("replaces")).orElse("");
            if (!fields.isEmpty()) {
                throw refusal("There is no field '" + fields.keySet().iterator().next() + "'. " + FORM);
            }
            node.invite(address, replaces, outcome -> answer(exchange, outcome, "joining"));
        });
    }

    private void remove(Exchange exchange, String id) {
        exchange.is(Operation.CLUSTER);
        Query query = exchange.query(Parameter.OF_REMOVE);
        boolean force = query.find(Parameter.FORCE).map(MemberRequests::flag).orElse(false);
        exchange.admit();
        node.remove(id, force, outcome -> answer(exchange, outcome, "leaving"));
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw refusal("force is true or false, not '" + text + "'.");
        }
        return text.equals("true");
    }

    private static void answer(Exchange exchange, Outcome outcome, String state) {
        exchange.attempt(() -> {
            if (outcome.isRefused()) {
                exchange.refuse(new Problem(409, "membership_refused", outcome.refusal() + "."));
            } else {
                exchange.answer(
                        202,
                        new JsonOut()
                                .object()
                                .field("id", outcome.node())
                                .field("state", state)
                                .endObject());
            }
        });
    }

    private static Map<String, String> read(byte[] body) {
        Optional<JsonFault> fault = JsonText.fault(body);
        if (fault.isPresent()) {
            throw new Refusal(Problem.invalidJson(fault.get()));
        }
        try (JsonParser parser = JsonText.parser(body)) {
            return fields(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("a checked text cannot fail to be read", e);
        }
    }

    private static Map<String, String> fields(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refusal(FORM);
        }
        Map<String, String> fields = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw refusal("The field '" + name + "' is a text. " + FORM);
            }
            fields.put(name, parser.getText());
        }
        return fields;
    }

    private static Refusal refusal(String message) {
        return new Refusal(Problem.invalidParameter(message));
    }
}
