package io.quorate.node.storage.index;

import java.io.Serial;

/** The index failed and can no longer be believed; it will be built anew at the next start. */
public final class IndexBrokenException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    IndexBrokenException(Throwable cause) {
        super("the index failed: " + cause, cause);
    }
}
