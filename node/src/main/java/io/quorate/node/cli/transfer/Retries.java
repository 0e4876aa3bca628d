package io.quorate.node.cli.transfer;

import io.quorate.node.cli.client.Endpoints;
import io.quorate.node.cli.client.Lane;
import io.quorate.node.cli.client.Message;
import io.quorate.node.cli.client.Reactor;
import io.quorate.node.cli.client.Response;
import io.quorate.node.cli.client.Waiter;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sends one request at a time until it is answered for good: again after a pause, and elsewhere, while nodes are down or overloaded. */
final class Retries {
    private static final long PAUSE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

    private final Lane lane;
    private final long timeoutNanos;
    private final long patienceNanos;
    private Optional<Sending> sending = Optional.empty();
    private Optional<String> givenUp = Optional.empty();

    /**
     * A lane that does not give up easily.
     *
     * @param timeoutNanos how long to wait for one answer
     * @param patienceNanos how long to try one request
     */
    Retries(Reactor reactor, Endpoints endpoints, int home, long timeoutNanos, long patienceNanos) {
        lane = new Lane(reactor, endpoints, home);
        this.timeoutNanos = timeoutNanos;
        this.patienceNanos = patienceNanos;
    }

    boolean isIdle() {
        return sending.isEmpty();
    }

    /** Why the request under way was given up; it stays under way. */
    Optional<String> givenUp() {
        return givenUp;
    }

    /** Sends a request; {@code answered} may send the next. */
    void send(Message message, Consumer<Response> answered) {
        Sending begun = new Sending(message, answered, System.nanoTime());
        sending = Optional.of(begun);
        begun.attempt();
    }

    /** Sends again what has paused long enough. */
    void tick(long now) {
        sending.ifPresent(begun -> begun.tick(now));
    }

    /** One request from its first try to its answer. */
    private final class Sending implements Waiter {
        private final Message message;
        private final Consumer<Response> answered;
        private final long since;
        private long pauseNanos = PAUSE_NANOS_MIN;
        private long resumeAt;
        private boolean pausing;

        Sending(Message message, Consumer<Response> answered, long since) {
            this.message = message;
            this.answered = answered;
            this.since = since;
        }

        void attempt() {
            lane.send(message, timeoutNanos, this);
        }

        void tick(long now) {
            if (pausing && now - resumeAt >= 0) {
                pausing = false;
                attempt();
            }
        }

        @Override
        public void answered(Response response) {
            if (response.isPassing()) {
                pause("the node answers " + response.status());
            } else {
                sending = Optional.empty();
                answered.accept(response);
            }
        }

        @Override
        public void failed(IOException reason) {
            pause(reason.getMessage());
        }

        private void pause(String reason) {
            long now = System.nanoTime();
            if (now - since >= patienceNanos) {
                givenUp = Optional.of(reason);
                return;
            }
            lane.moveOn();
            pausing = true;
            resumeAt = now + pauseNanos;
            pauseNanos = Math.min(2 * pauseNanos, PAUSE_NANOS_MAX);
        }
    }
}
