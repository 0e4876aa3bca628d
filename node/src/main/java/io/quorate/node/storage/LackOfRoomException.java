package io.quorate.node.storage;

import java.io.IOException;
import java.io.Serial;

/** Less room is left on the disk than has to be. */
final class LackOfRoomException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    LackOfRoomException(String message) {
        super(message);
    }
}
