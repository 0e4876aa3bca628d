package io.quorate.node.storage.segment;

import java.io.IOException;
import java.io.Serial;

/** A key file is missing, out of date or broken; its segment has to be read through instead. */
public final class DamagedKeyFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    DamagedKeyFileException(String message) {
        super(message);
    }
}
