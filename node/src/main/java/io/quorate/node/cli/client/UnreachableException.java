package io.quorate.node.cli.client;

import java.io.IOException;
import java.util.Locale;

/** No node took a connection: the request was surely not done. */
public final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1;

    UnreachableException(Endpoint last, IOException reason) {
        super("cannot reach " + last + ": " + said(reason), reason);
    }

    private static String said(IOException reason) {
        String message = reason.getMessage();
        return message == null ? reason.getClass().getSimpleName() : message.toLowerCase(Locale.ROOT);
    }
}
