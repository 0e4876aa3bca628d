package io.quorate.node.http;

import io.quorate.coordinator.api.Explanation;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.version.Context;
import io.quorate.core.version.ContextCodec;
import io.quorate.node.http.metrics.Operation;
import io.quorate.node.http.request.KeyPath;
import io.quorate.node.http.request.PageToken;
import io.quorate.node.http.request.Parameter;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Query;
import io.quorate.node.http.request.Refusal;
import io.quorate.node.http.request.Values;
import io.quorate.node.http.request.WriteTerms;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything under {@code /kv/}: reads, writes, deletes and listings, dispatched by hand because they are the hot path. */
final class KeyRequests {
    static final String PREFIX = "/kv/";

    private final Coordinator coordinator;
    private final NodeView node;

    KeyRequests(Coordinator coordinator, NodeView node) {
        this.coordinator = coordinator;
        this.node = node;
    }

    void handle(Exchange exchange) {
        boolean ofKey = exchange.path().indexOf('/', PREFIX.length()) >= 0;
        if (ofKey) {
            handleKey(exchange);
        } else {
            handleBucket(exchange);
        }
    }

    private void handleKey(Exchange exchange) {
        HttpMethod method = exchange.method();
        if (method.equals(HttpMethod.GET)) {
            read(exchange, Operation.GET);
        } else if (method.equals(HttpMethod.PUT)) {
            write(exchange, Operation.PUT);
        } else if (method.equals(HttpMethod.DELETE)) {
            write(exchange, Operation.DELETE);
        } else if (method.equals(HttpMethod.HEAD)) {
            read(exchange, Operation.HEAD);
        } else if (method.equals(HttpMethod.PATCH)) {
            patch(exchange);
        } else {
            throw Routes.notAllowed(exchange, "GET, HEAD, PUT, PATCH, DELETE");
        }
    }

    private void handleBucket(Exchange exchange) {
        HttpMethod method = exchange.method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            listOrGroup(exchange);
        } else if (method.equals(HttpMethod.POST)) {
            new GroupWriting(coordinator, exchange, bucket(exchange)).start();
        } else {
            throw Routes.notAllowed(exchange, "GET, HEAD, POST");
        }
    }

    private static String bucket(Exchange exchange) {
        return KeyPath.bucket(exchange.path().substring(PREFIX.length()));
    }

    private void listOrGroup(Exchange exchange) {
        exchange.is(Operation.LIST);
        String bucket = bucket(exchange);
        Query query = exchange.query(Parameter.OF_LIST_OR_GROUP);
        Optional<String> tag = query.find(Parameter.TAG);
        if (tag.isPresent()) {
            exchange.is(Operation.GROUP_READ);
            readGroup(exchange, bucket, tag.get(), query.within(Parameter.OF_GROUP));
        } else {
            list(exchange, bucket, query.within(Parameter.OF_LIST));
        }
    }

    private void readGroup(Exchange exchange, String bucket, String tag, Query query) {
        Group group = Values.group(bucket, tag, exchange.limits().keyBytesMax());
        ReadOptions options = new ReadOptions(
                Values.n(query),
                Values.quorum(query, Parameter.R),
                Optional.empty(),
                Values.timeoutMillis(query),
                ReadOptions.DEFAULT.repair(),
                Context.EMPTY);
        exchange.admit();
        coordinator.readGroup(
                group,
                options,
                result -> settle(exchange, false, result, read -> exchange.answer(200, KeyAnswers.group(group, read))));
    }

    private void read(Exchange exchange, Operation operation) {
        exchange.is(operation);
        Key key = exchange.key(PREFIX);
        ReadOptions options = readOptions(exchange.query(Parameter.OF_GET), key);
        exchange.admit();
        coordinator.get(key, options, result -> settle(exchange, false, result, read -> answer(exchange, key, read)));
    }

    private static ReadOptions readOptions(Query query, Key key) {
        if (query.values().isEmpty()) {
            return ReadOptions.DEFAULT;
        }
        return new ReadOptions(
                Values.n(query),
                Values.quorum(query, Parameter.R),
                Values.sloppy(query),
                Values.timeoutMillis(query),
                Values.readRepair(query),
                Values.atLeast(query, key),
                Values.explain(query));
    }

    private static void answer(Exchange exchange, Key key, ReadAnswer read) {
        if (!read.isFound()) {
            exchange.refuse(notFound(exchange, key, read));
            return;
        }
        String token = ContextCodec.toToken(read.context(), key);
        exchange.contextHeader(token);
        exchange.answer(read.versions().size() == 1 ? 200 : 300, KeyAnswers.found(key, read, token));
    }

    private static Problem notFound(Exchange exchange, Key key, ReadAnswer read) {
        Problem problem = explained(
                Problem.notFound("There is no value under this key; PUT one.")
                        .with(json -> KeyAnswers.quorum(json, read)),
                read.explanation());
        if (read.context().isEmpty()) {
            return problem;
        }
        String token = ContextCodec.toToken(read.context(), key);
        exchange.contextHeader(token);
        return problem.with(json -> json.field("context", token));
    }

    private void write(Exchange exchange, Operation operation) {
        exchange.is(operation);
        Key key = exchange.key(PREFIX);
        Query query = exchange.query(operation == Operation.PUT ? Parameter.OF_PUT : Parameter.OF_DELETE);
        WriteTerms terms = WriteTerms.of(key, query, exchange.request().headers());
        requireR(key, terms);
        new KeyWrite(coordinator, exchange, key, terms).start(operation == Operation.PUT);
    }

    private void patch(Exchange exchange) {
        exchange.is(Operation.PATCH);
        Key key = exchange.key(PREFIX);
        Query query = exchange.query(Parameter.OF_PATCH);
        WriteTerms terms = WriteTerms.of(key, query, exchange.request().headers());
        if (terms.condition().isPresent()) {
            throw new Refusal(Problem.invalidParameter(
                    "PATCH takes no If-Match or If-None-Match: operations act on whatever is there."));
        }
        new KeyPatch(coordinator, exchange, key, terms.options()).start();
    }

    /** A write without a condition never reads, so nobody else would notice an r that cannot be. */
    private void requireR(Key key, WriteTerms terms) {
        if (terms.check().r().isEmpty()) {
            return;
        }
        int members = node.ring().members().size();
        int n = terms.check()
                .n()
                .map(asked -> asked.of(members))
                .orElseGet(() -> node.bucket(key.bucket()).n());
        int r = terms.check().r().get().of(n);
        if (r > n) {
            throw new Refusal(Problem.invalidQuorum("r=" + r + " is above n=" + n + "; lower r or raise n."));
        }
    }

    private void list(Exchange exchange, String bucket, Query query) {
        exchange.admit();
        coordinator.list(
                bucket,
                query.find(Parameter.AFTER).map(token -> PageToken.parse(token, bucket)),
                Values.limit(query),
                Values.timeoutMillis(query),
                result -> settle(exchange, false, result, page -> exchange.answer(200, KeyAnswers.page(bucket, page))));
    }

    /** Goes on with what was done, or answers with why it was not. */
    static <T> void settle(Exchange exchange, boolean write, Result<T> result, Consumer<T> done) {
        exchange.attempt(() -> {
            if (result instanceof Result.Done<T> success) {
                done.accept(success.answer());
            } else if (result instanceof Result.Failed<T> failed) {
                exchange.refuse(explained(Failures.problem(failed.failure(), write), failed.explanation()));
            }
        });
    }

    private static Problem explained(Problem problem, Optional<Explanation> explanation) {
        return explanation
                .map(told -> problem.with(json -> Explanations.write(json, told)))
                .orElse(problem);
    }
}
