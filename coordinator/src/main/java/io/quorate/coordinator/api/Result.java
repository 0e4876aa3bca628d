package io.quorate.coordinator.api;

/** How a request ended. */
public sealed interface Result<T> {
    /** As asked. */
    record Done<T>(T answer) implements Result<T> {}

    /** Not as asked; the failure says what that means for the data. */
    record Failed<T>(Failure failure) implements Result<T> {}
}
