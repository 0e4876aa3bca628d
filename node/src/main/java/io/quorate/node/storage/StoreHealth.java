package io.quorate.node.storage;

import io.quorate.core.port.Storage.Outcome;
import io.quorate.node.storage.StoreStatus.State;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a store can take writes, and why not. From any thread. */
final class StoreHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

    private volatile Condition condition = new Condition(State.WRITABLE, "");

    /** A state and the reason for it. */
    record Condition(State state, String reason) {}

    Condition condition() {
        return condition;
    }

    /** What to answer to a write, if it cannot even be tried. */
    Optional<Outcome> refusal() {
        return switch (condition.state()) {
            case WRITABLE -> Optional.empty();
            case READ_ONLY -> Optional.of(Outcome.READ_ONLY);
            case FAILED -> Optional.of(Outcome.FAILED);
        };
    }

    boolean isReadOnly() {
        return condition.state() == State.READ_ONLY;
    }

    synchronized void full(String reason) {
        if (condition.state() == State.WRITABLE) {
            LOG.error("the store only reads until there is room: {}", reason);
            condition = new Condition(State.READ_ONLY, reason);
        }
    }

    synchronized void roomAgain() {
        if (condition.state() == State.READ_ONLY) {
            LOG.info("there is room again: the store takes writes");
            condition = new Condition(State.WRITABLE, "");
        }
    }

    /** Ends writing until the next start; the first reason stands. */
    synchronized void fail(String reason, Throwable cause) {
        if (condition.state() != State.FAILED) {
            LOG.error("the store stops writing until the next start: {}", reason, cause);
            condition = new Condition(State.FAILED, reason);
        }
    }
}
