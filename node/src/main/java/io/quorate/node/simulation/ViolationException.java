package io.quorate.node.simulation;

import java.io.Serial;

/** A promise of the design was broken in a simulated run. */
public final class ViolationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    ViolationException(String message) {
        super(message);
    }
}
