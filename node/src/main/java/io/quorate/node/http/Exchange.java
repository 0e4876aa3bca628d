package io.quorate.node.http;

import io.quorate.core.Key;
import io.quorate.node.http.json.JsonOut;
import io.quorate.node.http.metrics.Operation;
import io.quorate.node.http.request.KeyPath;
import io.quorate.node.http.request.Parameter;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Query;
import io.quorate.node.http.request.Refusal;
import io.quorate.node.http.request.Target;
import io.quorate.node.http.request.WriteTerms;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and the one answer that it gets, whatever happens on the way. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");
    private static final CharSequence RETRY_SECONDS = HttpHeaders.createOptimized("1");
    private static final int OVERLOADED = 429;

    private final HttpServerRequest request;
    private final Loop loop;
    private final Target target;
    private final long startNanos = System.nanoTime();
    private Operation operation = Operation.OTHER;
    private boolean admitted;
    private boolean answered;
    private boolean continued;
    private long bytesHeld;

    Exchange(HttpServerRequest request, Loop loop) {
        this.request = request;
        this.loop = loop;
        this.target = Target.of(request.uri());
    }

    HttpServerRequest request() {
        return request;
    }

    HttpMethod method() {
        return request.method();
    }

    String path() {
        return target.path();
    }

    HttpLimits limits() {
        return loop.limits();
    }

    boolean isAnswered() {
        return answered;
    }

    /** Says what the request is for, for the metrics. */
    void is(Operation known) {
        operation = known;
    }

    Query query(Set<Parameter> sensible) {
        return Query.parse(target.query(), sensible);
    }

    Key key(String prefix) {
        return KeyPath.key(
                target.path().substring(prefix.length()), loop.limits().keyBytesMax());
    }

    /** Takes the request on, or refuses it because there are too many. */
    void admit() {
        if (!loop.load().enter()) {
            throw new Refusal(Problem.overloaded(
                    "The node has as many requests as it can bear; nothing was done, retry after a pause."));
        }
        admitted = true;
    }

    /** Counts a piece of the body, or refuses it because there are too many large ones. */
    void hold(int bytes) {
        if (!loop.load().hold(bytes)) {
            throw new Refusal(Problem.overloaded(
                    "The node has as many bodies in memory as it can bear; nothing was done, retry after a pause."));
        }
        bytesHeld += bytes;
    }

    /** Tells a client that waits for it to send the body. */
    void continueIfExpected() {
        if (expectsContinue()) {
            continued = true;
            request.response().writeContinue();
        }
    }

    /** Runs a step of the request; if it fails, that is the answer. */
    void attempt(Runnable step) {
        try {
            step.run();
        } catch (Refusal refusal) {
            refuse(refusal.problem());
        } catch (RuntimeException fault) {
            LOG.error("{} {} failed", request.method(), target.path(), fault);
            refuse(new Problem(
                    500,
                    "internal",
                    "The node failed to carry this out and its log says why; what became of it is unknown."));
        }
    }

    void contextHeader(String token) {
        request.response().putHeader(WriteTerms.CONTEXT, token);
    }

    void refuse(Problem problem) {
        if (answered) {
            return;
        }
        if (problem.status() == OVERLOADED) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        JsonOut json = new JsonOut().object().name("error").object();
        json.field("code", problem.code()).field("message", problem.message());
        problem.details().accept(json);
        answer(problem.status(), json.endObject().endObject());
    }

    void answer(int status, JsonOut json) {
        answer(status, JSON, json.toBuffer());
    }

    void answer(int status, CharSequence contentType, Buffer body) {
        release();
        answered = true;
        discardRest();
        HttpServerResponse response =
                request.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            response.end();
        } else {
            response.end(body);
        }
        loop.timers().record(operation, status, System.nanoTime() - startNanos);
    }

    /** The client is gone before its request was whole. */
    void abandon() {
        if (!answered) {
            answered = true;
            release();
        }
    }

    private void release() {
        if (admitted) {
            admitted = false;
            loop.load().leave(bytesHeld);
        }
    }

    /**
     * Sees to what is still to come of a body, so that the next request of this connection begins where it begins. A client
     * that was not told to continue may send the body or not: nobody can tell what its next bytes are, so they are not read.
     */
    private void discardRest() {
        boolean nothingFollows = request.isEnded() || request.decoderResult().isFailure() || !hasBody();
        if (nothingFollows) {
            return;
        }
        boolean unwanted = expectsContinue() && !continued;
        if (unwanted || announcedBytes() > loop.limits().discardBytesMax()) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (unwanted) {
            request.response().endHandler(end -> request.connection().close());
        }
        request.handler(new Discard(request.connection(), loop.limits().discardBytesMax()));
    }

    private boolean hasBody() {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private boolean expectsContinue() {
        return request.headers().contains(HttpHeaders.EXPECT);
    }

    /** A negative number when the client did not say. */
    long announcedBytes() {
        String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        // The decoder has refused whatever is not a number.
        return length == null ? -1 : Long.parseLong(length.strip());
    }
}
