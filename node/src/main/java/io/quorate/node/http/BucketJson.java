package io.quorate.node.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.Quorum;
import io.quorate.node.http.json.JsonFault;
import io.quorate.node.http.json.JsonOut;
import io.quorate.node.http.json.JsonText;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A bucket's properties as JSON. What is missing from a text is the default; what is unknown is refused. */
final class BucketJson {
    private static final int WHOLE_DIGITS_MAX = 9;

    private final BucketProperties defaults;
    private final int members;

    private Optional<Integer> n = Optional.empty();
    private Optional<Quorum> r = Optional.empty();
    private Optional<Quorum> w = Optional.empty();
    private Optional<Boolean> sloppy = Optional.empty();
    private Optional<ConflictPolicy> conflict = Optional.empty();

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
        json.field("conflict", properties.conflict().label());
        return json.name("ttl").nothing().endObject();
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
                conflict.orElse(defaults.conflict())));
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
            case "ttl" -> requireNoTtl(parser);
            default ->
                throw refusal("There is no property '" + name + "'; there are n, r, w, sloppy, conflict and ttl.");
        }
    }

    private static Quorum quorum(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            String word = parser.getText();
            return Quorum.parse(word)
                    .filter(quorum -> quorum instanceof Quorum.Word)
                    .orElseThrow(() -> refusal("The property '" + name + "' is one, quorum, all or a number."));
        }
        return new Quorum.Count(whole(name, parser));
    }

    private static int whole(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw refusal("The property '" + name + "' must be a whole number"
                    + (name.equals("n") ? "." : ", one, quorum or all."));
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
                    .collect(Collectors.joining(" or "));
            return refusal("The property 'conflict' must be " + known + ".");
        });
    }

    private static void requireNoTtl(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            throw new Refusal(Problem.notImplemented("The property 'ttl'"));
        }
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
