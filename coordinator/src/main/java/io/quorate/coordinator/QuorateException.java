package io.quorate.coordinator;

import io.quorate.coordinator.api.Failure;
import java.io.Serial;

/** A request that was not done as asked; {@link #failure} says why and what that means for the data. */
public final class QuorateException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    QuorateException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
