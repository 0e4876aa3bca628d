package io.quorate.core.datatype;

import java.io.Serial;

/** An operation cannot be carried out on the value as it is; nothing of its request is. */
public final class RejectedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;

    RejectedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Why. */
    public enum Reason {
        /** The value is of another type. */
        WRONG_TYPE,
        /** The list has no such element (any more). */
        UNKNOWN_ELEMENT,
        /** A counter would leave the range of 64 bits. */
        OUT_OF_RANGE
    }

    public Reason reason() {
        return reason;
    }
}
