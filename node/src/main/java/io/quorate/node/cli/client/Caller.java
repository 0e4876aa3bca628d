package io.quorate.node.cli.client;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sends one request after the other, each to the first node that can be reached, and waits for its answer. */
public final class Caller implements Closeable {
    private final Reactor reactor = new Reactor();
    private final Lane lane;

    /** A caller that prefers the nodes in this order. */
    public Caller(List<Endpoint> endpoints) {
        lane = new Lane(reactor, new Endpoints(endpoints), 0);
    }

    /**
     * The answer, which holds until the next call.
     *
     * @throws IOException in a sentence, when no node could be reached or none answered in time
     */
    public Response call(Message message, int timeoutMillis) throws IOException {
        Outcome outcome = new Outcome();
        lane.send(message, TimeUnit.MILLISECONDS.toNanos(timeoutMillis), outcome);
        while (!outcome.isThere()) {
            reactor.poll(TimeUnit.SECONDS.toNanos(1));
        }
        return outcome.get();
    }

    @Override
    public void close() {
        reactor.close();
    }

    /** What came of one call. */
    private static final class Outcome implements Waiter {
        private Optional<Response> response = Optional.empty();
        private Optional<IOException> failure = Optional.empty();

        @Override
        public void answered(Response answer) {
            response = Optional.of(answer);
        }

        @Override
        public void failed(IOException reason) {
            failure = Optional.of(reason);
        }

        boolean isThere() {
            return response.isPresent() || failure.isPresent();
        }

        Response get() throws IOException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return response.orElseThrow();
        }
    }
}
