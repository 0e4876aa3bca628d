package io.quorate.node.http.request;

import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Key;
import io.quorate.core.version.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a PUT or DELETE is to be done.
 *
 * @param options how to write; its context is empty when the client named none
 * @param condition what must hold before
 * @param check how to find out whether it does
 */
public record WriteTerms(WriteOptions options, Optional<Condition> condition, ReadOptions check) {
    public static final CharSequence CONTEXT = HttpHeaders.createOptimized("Quorate-Context");

    private static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized("Idempotency-Key");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,64}");

    public static WriteTerms of(Key key, Query query, MultiMap headers) {
        Optional<Condition> condition = condition(key, headers);
        ReadOptions check = new ReadOptions(
                Values.n(query),
                Values.quorum(query, Parameter.R),
                Values.sloppy(query),
                Values.timeoutMillis(query),
                ReadOptions.DEFAULT.repair(),
                Context.EMPTY);
        WriteOptions options = new WriteOptions(
                check.n(),
                Values.quorum(query, Parameter.W),
                check.sloppy(),
                check.timeoutMillis(),
                context(key, query, headers),
                Values.ttl(query),
                idempotencyKey(headers),
                Values.explain(query));
        return new WriteTerms(options, condition, check);
    }

    private static Context context(Key key, Query query, MultiMap headers) {
        Optional<String> inHeader = single(headers, CONTEXT).map(String::strip);
        Optional<String> inQuery = query.find(Parameter.CONTEXT);
        if (inHeader.isPresent() && inQuery.isPresent() && !inHeader.equals(inQuery)) {
            throw new Refusal(Problem.invalidContext(
                    "The header Quorate-Context and the parameter 'context' differ; send one of them."));
        }
        return inHeader.or(() -> inQuery)
                .map(token -> Values.seen(Parameter.CONTEXT, token, key))
                .orElse(Context.EMPTY);
    }

    private static Optional<Condition> condition(Key key, MultiMap headers) {
        Optional<String> match = single(headers, HttpHeaders.IF_MATCH);
        Optional<String> noneMatch = single(headers, HttpHeaders.IF_NONE_MATCH);
        if (match.isPresent() && noneMatch.isPresent()) {
            throw new Refusal(
                    Problem.invalidParameter("If-Match and If-None-Match exclude each other; send one of them."));
        }
        if (noneMatch.isPresent() && !noneMatch.get().equals("*")) {
            throw new Refusal(
                    Problem.invalidParameter("If-None-Match takes nothing but *: write only if there is no value."));
        }
        return noneMatch
                .<Condition>map(any -> new Condition.Absent())
                .or(() -> match.map(
                        quoted -> new Condition.Unchanged(Values.seen(Parameter.CONTEXT, unquoted(quoted), key))));
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    public static Optional<String> idempotencyKey(MultiMap headers) {
        Optional<String> key = single(headers, IDEMPOTENCY_KEY);
        if (key.isPresent() && !PRINTABLE.matcher(key.get()).matches()) {
            throw new Refusal(Problem.invalidParameter("An Idempotency-Key is 1 to 64 printable ASCII characters."));
        }
        return key;
    }

    private static Optional<String> single(MultiMap headers, CharSequence name) {
        String first = headers.get(name);
        if (first == null) {
            return Optional.empty();
        }
        List<String> all = headers.getAll(name);
        if (all.size() > 1) {
            throw new Refusal(
                    Problem.invalidParameter("The header " + name + " is given more than once; give it once."));
        }
        return Optional.of(first);
    }
}
