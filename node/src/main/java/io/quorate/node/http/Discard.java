package io.quorate.node.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;

/**
 * The rest of a body that nobody wants. It is read, because closing a connection on unread bytes resets it, and the client would
 * lose the answer that says why; up to a limit, because a client may send for ever.
 */
final class Discard implements Handler<Buffer> {
    private final HttpConnection connection;
    private long bytesLeft;

    Discard(HttpConnection connection, long bytesMax) {
        this.connection = connection;
        this.bytesLeft = bytesMax;
    }

    @Override
    public void handle(Buffer chunk) {
        bytesLeft -= chunk.length();
        if (bytesLeft < 0) {
            connection.close();
        }
    }
}
