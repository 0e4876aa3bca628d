package io.quorate.simulation;

/** A program threw: a programming error, with the seed and the place in time that show it again. */
public final class ProgramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProgramException(String where, Throwable cause) {
        super(where + ": " + cause, cause);
    }
}
