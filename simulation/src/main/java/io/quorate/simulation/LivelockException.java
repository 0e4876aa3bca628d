package io.quorate.simulation;

/** The world did more than its {@link Limits} allow: something goes round and round, or never stops growing. */
public final class LivelockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LivelockException(String message) {
        super(message);
    }
}
