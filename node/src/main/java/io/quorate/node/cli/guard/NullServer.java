package io.quorate.node.cli.guard;

import io.quorate.coordinator.runtime.EventLoop;
import io.vertx.core.buffer.Buffer;

/** The reference: an HTTP server on one event loop that answers every request alike, as long as a read is answered. */
public final class NullServer {
    private static final Buffer ANSWER =
            Buffer.buffer("{\"value\":{\"v\":\"" + "x".repeat(90) + "\"},\"context\":\"" + "x".repeat(40) + "\"}");

    private NullServer() {}

    /** Listens on the port that is the only argument, until it is killed. */
    public static void main(String[] args) {
        EventLoop.vertx(1)
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(ANSWER))
                .listen(Integer.parseInt(args[0]), "127.0.0.1")
                .onFailure(unable -> {
                    System.err.println(unable.getMessage());
                    System.exit(1);
                });
    }
}
