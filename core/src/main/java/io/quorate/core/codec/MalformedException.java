package io.quorate.core.codec;

import java.io.Serial;

/** The bytes are not what this codec writes: damaged, cut short, or somebody else's. */
public final class MalformedException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    public MalformedException(String message) {
        super(message);
    }
}
