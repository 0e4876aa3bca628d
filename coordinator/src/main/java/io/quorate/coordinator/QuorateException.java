package io.quorate.coordinator;

import io.quorate.coordinator.api.Explanation;
import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.Result;
import java.io.Serial;
import java.util.Optional;

/** A request that was not done as asked; {@link #failure} says why and what that means for the data. */
public final class QuorateException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Result.Failed<?> result;

    QuorateException(Result.Failed<?> result) {
        super(result.failure().message());
        this.result = result;
    }

    public Failure failure() {
        return result.failure();
    }

    /** What became of the request, when it asked for that. */
    public Optional<Explanation> explanation() {
        return result.explanation();
    }
}
