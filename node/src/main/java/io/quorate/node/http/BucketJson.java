package io.quorate.node.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Ttl;
import io.quorate.node.http.json.JsonFault;
import io.quorate.node.http.json.JsonOut;
import io.quorate.node.http.json.JsonText;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Refusal;
import io.quorate.node.http.request.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A bucket's properties as JSON. What is missing from a text is the default; what is unknown is refused. */
final class BucketJson {
    private static final int WHOLE_DIGITS_MAX = 9;
    private static final String PRIORITY_RULE = "The policy 'priority' needs the property 'priority', a list of up to "
            + ConflictRule.RANKING_MAX + " node ids, each once, the highest rank first, like [\"n1\",\"n2\"].";

    private final BucketProperties defaults;
    private final int members;

    private Optional<Integer> n = Optional.empty();
    private Optional<Quorum> r = Optional.empty();
    private Optional<Quorum> w = Optional.empty();
    private Optional<Boolean> sloppy = Optional.empty();
    private Optional<ConflictPolicy> conflict = Optional.empty();
    private Optional<List<String>> priority = Optional.empty();
    private Optional<Optional<Ttl>> ttl = Optional.empty();

    /**
     * A reader of one text.
     *
     * @param members that are there to hold copies
     */
    BucketJson(BucketProperties defaults, int members) {
        this.defaults = defaults;
        this.members = members;
    }

    static JsonOut write(JsonOut json, BucketProperties properties) {
        json.object().field("n", properties.n());
        quorum(json.name("r"), properties.r());
        quorum(json.name("w"), properties.w());
        json.field("sloppy", properties.sloppy());
        json.field("conflict", properties.conflict().policy().label());
        if (!properties.conflict().ranking().isEmpty()) {
            json.name("priority").array();
            properties.conflict().ranking().forEach(json::string);
            json.endArray();
        }
        json.name("ttl");
        properties.ttl().ifPresentOrElse(ttl -> json.string(ttl.label()), json::nothing);
        return json.endObject();
    }

    BucketProperties read(byte[] text) {
        Optional<JsonFault> fault = JsonText.fault(text);
        if (fault.isPresent()) {
            throw new Refusal(Problem.invalidJson(fault.get()));
        }
        try (JsonParser parser = JsonText.parser(text)) {
            readObject(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("a checked text cannot fail to be read", e);
        }
        return checked(new BucketProperties(
                n.orElse(defaults.n()),
                r.orElse(defaults.r()),
                w.orElse(defaults.w()),
                sloppy.orElse(defaults.sloppy()),
                rule(),
                ttl.orElse(defaults.ttl())));
    }

    private void readObject(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refusal("A bucket's properties are a JSON object, like {\"n\":3,\"r\":\"quorum\"}.");
        }
        Set<String> seen = new TreeSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!seen.add(name)) {
                throw refusal("The property '" + name + "' is given more than once; give it once.");
            }
            parser.nextToken();
            readProperty(name, parser);
        }
    }

    private void readProperty(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "n" -> n = Optional.of(whole(name, parser));
            case "r" -> r = Optional.of(quorum(name, parser));
            case "w" -> w = Optional.of(quorum(name, parser));
            case "sloppy" -> sloppy = Optional.of(sloppy(parser));
            case "conflict" -> conflict = Optional.of(conflict(parser));
            case "priority" -> priority = Optional.of(ranking(parser));
            case "ttl" -> ttl = Optional.of(ttl(parser));
            default ->
                throw refusal(
                        "There is no property '" + name + "'; there are n, r, w, sloppy, conflict, priority and ttl.");
        }
    }

    private static Quorum quorum(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            String word = parser.getText();
            return Quorum.parse(word)
                    .filter(quorum -> quorum instanceof Quorum.Word)
                    .orElseThrow(() ->
                            refusal("The property '" + name + "' is one, quorum, all, local_quorum or a number."));
        }
        return new Quorum.Count(whole(name, parser));
    }

    private static int whole(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw refusal("The property '" + name + "' must be a whole number"
                    + (name.equals("n") ? "." : ", one, quorum, all or local_quorum."));
        }
        String digits = parser.getText();
        int value = digits.length() > WHOLE_DIGITS_MAX ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (value < 1) {
            throw new Refusal(
                    Problem.invalidQuorum("The property '" + name + "' is " + digits + "; it must be 1 or more."));
        }
        return value;
    }

    private static boolean sloppy(JsonParser parser) {
        if (!parser.currentToken().isBoolean()) {
            throw refusal("The property 'sloppy' must be true or false.");
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    private static ConflictPolicy conflict(JsonParser parser) throws IOException {
        String label = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        return ConflictPolicy.parse(label).orElseThrow(() -> {
            String known = Arrays.stream(ConflictPolicy.values())
                    .map(ConflictPolicy::label)
                    .collect(Collectors.joining(", "));
            return refusal("The property 'conflict' must be one of " + known + ".");
        });
    }

    private static List<String> ranking(JsonParser parser) throws IOException {
        List<String> nodes = new ArrayList<>();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw refusal(PRIORITY_RULE);
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING
                    || nodes.contains(parser.getText())
                    || nodes.size() == ConflictRule.RANKING_MAX) {
                throw refusal(PRIORITY_RULE);
            }
            nodes.add(parser.getText());
        }
        return nodes;
    }

    /** A ranking means something to one policy, and that one means nothing without it. */
    private ConflictRule rule() {
        if (conflict.isEmpty() && priority.isEmpty()) {
            return defaults.conflict();
        }
        ConflictPolicy policy = conflict.orElse(defaults.conflict().policy());
        boolean ranked = priority.filter(nodes -> !nodes.isEmpty()).isPresent();
        if (ranked != (policy == ConflictPolicy.PRIORITY)) {
            throw refusal(ranked ? "The property 'priority' goes with \"conflict\":\"priority\" only." : PRIORITY_RULE);
        }
        return new ConflictRule(policy, priority.orElse(List.of()));
    }

    private static Optional<Ttl> ttl(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        return Optional.of(Ttl.parse(text)
                .orElseThrow(() -> refusal("The property 'ttl' must be null or " + Values.TTL_FORM + ".")));
    }

    /** A default n above the members is lowered when it is used; one that was asked for is refused. */
    private BucketProperties checked(BucketProperties properties) {
        if (n.isPresent() && n.get() > members) {
            throw new Refusal(Problem.invalidQuorum(
                    "n=" + n.get() + " is above the number of members, " + members + "; lower it or add nodes."));
        }
        requireWithin("r", properties.r(), properties.n());
        requireWithin("w", properties.w(), properties.n());
        return properties;
    }

    private static void requireWithin(String name, Quorum quorum, int n) {
        if (quorum.of(n) > n) {
            throw new Refusal(
                    Problem.invalidQuorum(name + "=" + quorum.label() + " is above n=" + n + "; lower it or raise n."));
        }
    }

    private static void quorum(JsonOut json, Quorum quorum) {
        if (quorum instanceof Quorum.Count exact) {
            json.number(exact.count());
        } else {
            json.string(quorum.label());
        }
    }

    private static Refusal refusal(String message) {
        return new Refusal(Problem.invalidParameter(message));
    }
}
