package io.quorate.node.cli.client;

import java.io.IOException;
import java.util.Optional;

/**
 * Takes one request at a time to its home node, or to another while that is down: only when no node can be reached at all does a
 * request fail before it was sent.
 */
public final class Lane {
    private final Reactor reactor;
    private final Endpoints endpoints;
    private int home;
    private Optional<Connection> connection = Optional.empty();
    private int at;

    /** A lane whose home is the given endpoint, counted round and round. */
    public Lane(Reactor reactor, Endpoints endpoints, int home) {
        this.reactor = reactor;
        this.endpoints = endpoints;
        this.home = home % endpoints.size();
    }

    /** Sends a request, when the one before is answered. */
    public void send(Message message, long timeoutNanos, Waiter waiter) {
        attempt(message, timeoutNanos, waiter, endpoints.size());
    }

    /** Makes the next node the home: for a request that this one did not serve. */
    public void moveOn() {
        home = (home + 1) % endpoints.size();
    }

    private void attempt(Message message, long timeoutNanos, Waiter waiter, int attemptsLeft) {
        int chosen = endpoints.choose(home, System.nanoTime());
        try {
            Connection open = connected(chosen);
            open.send(
                    message.bytes(open.to()),
                    timeoutNanos,
                    new Attempt(message, timeoutNanos, waiter, attemptsLeft, open, chosen));
        } catch (IOException unable) {
            unreached(message, timeoutNanos, waiter, attemptsLeft, chosen, unable);
        }
    }

    private Connection connected(int chosen) throws IOException {
        if (connection.isEmpty() || chosen != at || !connection.get().isOpen()) {
            connection.ifPresent(Connection::close);
            connection = Optional.empty();
            connection = Optional.of(reactor.connect(endpoints.get(chosen)));
            at = chosen;
        }
        return connection.get();
    }

    private void unreached(
            Message message, long timeoutNanos, Waiter waiter, int attemptsLeft, int node, IOException reason) {
        endpoints.failed(node, System.nanoTime());
        if (attemptsLeft > 1) {
            attempt(message, timeoutNanos, waiter, attemptsLeft - 1);
        } else {
            waiter.failed(new UnreachableException(endpoints.get(node), reason));
        }
    }

    /** One try of one request at one node. */
    private final class Attempt implements Waiter {
        private final Message message;
        private final long timeoutNanos;
        private final Waiter waiter;
        private final int attemptsLeft;
        private final Connection open;
        private final int node;

        Attempt(Message message, long timeoutNanos, Waiter waiter, int attemptsLeft, Connection open, int node) {
            this.message = message;
            this.timeoutNanos = timeoutNanos;
            this.waiter = waiter;
            this.attemptsLeft = attemptsLeft;
            this.open = open;
            this.node = node;
        }

        @Override
        public void answered(Response response) {
            endpoints.answered(node);
            waiter.answered(response);
        }

        @Override
        public void failed(IOException reason) {
            if (open.isConnected()) {
                endpoints.failed(node, System.nanoTime());
                waiter.failed(reason);
            } else {
                unreached(message, timeoutNanos, waiter, attemptsLeft, node, reason);
            }
        }
    }
}
