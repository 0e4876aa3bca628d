package io.quorate.merkle;

import java.io.Serial;

/** The bytes are not a whole saved forest of this format; the trees have to be built anew from the entries. */
public final class DamagedForestException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    DamagedForestException(String message) {
        super(message);
    }
}
