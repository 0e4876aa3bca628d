package io.quorate.coordinator.api;

import java.util.Optional;

/** How a request ended. */
public sealed interface Result<T> {
    /** As asked. */
    record Done<T>(T answer) implements Result<T> {}

    /**
     * Not as asked.
     *
     * @param failure what that means for the data
     * @param explanation when the request asked for it and had got as far as to ask the replicas
     */
    record Failed<T>(Failure failure, Optional<Explanation> explanation) implements Result<T> {
        public Failed(Failure failure) {
            this(failure, Optional.empty());
        }

        /** The same, of a request that this one was a part of. */
        public <S> Failed<S> ofWhole() {
            return new Failed<>(failure, explanation);
        }
    }
}
