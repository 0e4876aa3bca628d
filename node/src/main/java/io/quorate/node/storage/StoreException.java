package io.quorate.node.storage;

import java.io.IOException;
import java.io.Serial;

/** The store's folder cannot be used; the message says why and what to do. */
public final class StoreException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
