package io.quorate.node.http;

import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.version.Context;
import io.quorate.core.version.ContextCodec;
import io.quorate.node.http.json.JsonFault;
import io.quorate.node.http.json.JsonText;
import io.quorate.node.http.request.Condition;
import io.quorate.node.http.request.MediaType;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Refusal;
import io.quorate.node.http.request.WriteTerms;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One PUT or DELETE.
 *
 * <p>Its stages: the body, if there is one, is read and checked; the condition, if there is one, is read at r replicas; then comes the
 * write. Nothing is sent to a replica before everything that can be refused has been.
 */
final class KeyWrite {
    private final Coordinator coordinator;
    private final Exchange exchange;
    private final Key key;
    private final WriteTerms terms;
    private Optional<Bytes> value = Optional.empty();

    KeyWrite(Coordinator coordinator, Exchange exchange, Key key, WriteTerms terms) {
        this.coordinator = coordinator;
        this.exchange = exchange;
        this.key = key;
        this.terms = terms;
    }

    void start(boolean hasValue) {
        if (!hasValue) {
            exchange.admit();
            check();
            return;
        }
        MediaType.requireJson(exchange.request().headers());
        exchange.admit();
        BodyReader.read(exchange, exchange.limits().valueBytesMax(), body -> {
            Optional<JsonFault> fault = JsonText.fault(body);
            if (fault.isPresent()) {
                throw new Refusal(Problem.invalidJson(fault.get()));
            }
            value = Optional.of(JsonText.trim(body));
            check();
        });
    }

    private void check() {
        if (terms.condition().isEmpty()) {
            write(terms.options());
            return;
        }
        long startNanos = System.nanoTime();
        coordinator.get(
                key,
                terms.check(),
                result -> settle(result, read -> decide(terms.condition().get(), read, startNanos)));
    }

    private void decide(Condition condition, ReadAnswer read, long startNanos) {
        Optional<String> violation = condition.violation(read);
        if (violation.isPresent()) {
            String token = ContextCodec.toToken(read.context(), key);
            exchange.contextHeader(token);
            exchange.refuse(
                    new Problem(412, "precondition_failed", violation.get(), json -> json.field("context", token)));
            return;
        }
        Context named = terms.options().context();
        int spentMillis = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        write(terms.options()
                .withContext(named.isEmpty() ? condition.seen(read) : named)
                .withTimeoutMillis(Math.max(1, terms.options().timeoutMillis() - spentMillis)));
    }

    private void write(WriteOptions options) {
        Consumer<Result<WriteAnswer>> done = result -> settle(result, this::answer);
        if (value.isPresent()) {
            coordinator.put(key, value.get(), options, done);
        } else {
            coordinator.delete(key, options, done);
        }
    }

    private void answer(WriteAnswer write) {
        String token = ContextCodec.toToken(write.context(), key);
        exchange.contextHeader(token);
        exchange.answer(200, KeyAnswers.written(key, write, token));
    }

    private <T> void settle(Result<T> result, Consumer<T> done) {
        KeyRequests.settle(exchange, true, result, done);
    }
}
