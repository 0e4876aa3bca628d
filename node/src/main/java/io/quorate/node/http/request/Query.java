package io.quorate.node.http.request;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A request's query parameters: each known, sensible where it stands, and given once. */
public record Query(Map<Parameter, String> values) {
    private static final Query EMPTY = new Query(Map.of());

    public Query {
        values = Collections.unmodifiableMap(values);
    }

    /**
     * Reads what follows the question mark.
     *
     * @param sensible the parameters that mean something to this request
     */
    public static Query parse(String raw, Set<Parameter> sensible) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        Map<Parameter, String> values = new EnumMap<>(Parameter.class);
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                add(values, pair, sensible);
            }
        }
        return new Query(values);
    }

    /** Refuses what means nothing to the request after all. */
    public Query within(Set<Parameter> sensible) {
        for (Parameter parameter : values.keySet()) {
            require(parameter, sensible);
        }
        return this;
    }

    public Optional<String> find(Parameter parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    private static void add(Map<Parameter, String> values, String pair, Set<Parameter> sensible) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        Parameter parameter = Parameter.find(name)
                .orElseThrow(() -> refusal(name, "There is no parameter '" + name + "'; " + allowed(sensible)));
        require(parameter, sensible);
        if (values.put(parameter, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
            throw refusal(name, "The parameter '" + name + "' is given more than once; give it once.");
        }
    }

    private static void require(Parameter parameter, Set<Parameter> sensible) {
        if (!sensible.contains(parameter)) {
            String name = parameter.label();
            throw refusal(name, "The parameter '" + name + "' means nothing here; " + allowed(sensible));
        }
    }

    private static String decode(String raw) {
        return Percent.decode(raw)
                .orElseThrow(
                        () -> new Refusal(
                                Problem.invalidParameter(
                                        "The query's percent-encoding is malformed: encode UTF-8 bytes, each as % and two hex digits.")));
    }

    private static String allowed(Set<Parameter> sensible) {
        String known = sensible.stream().map(Parameter::label).collect(Collectors.joining(", "));
        return known.isEmpty() ? "leave it out: this request takes none." : "this request takes " + known + ".";
    }

    private static Refusal refusal(String parameter, String message) {
        return new Refusal(Problem.invalidParameter(message).with(json -> json.field("parameter", parameter)));
    }
}
