package io.quorate.node;

import com.sun.net.httpserver.HttpServer;
import io.quorate.node.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A stand-in for the node, which only says that it is ready: to be replaced by the composition root. */
public final class Daemon {
    private final HttpServer server;

    private Daemon(HttpServer server) {
        this.server = server;
    }

    /** Starts the node that the settings describe. */
    public static Daemon start(Settings settings) {
        try {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(
                            settings.http().host(), settings.http().port()),
                    0);
            byte[] ready = "{\"ready\":true}".getBytes(StandardCharsets.UTF_8);
            server.createContext("/health/ready", exchange -> {
                exchange.sendResponseHeaders(200, ready.length);
                exchange.getResponseBody().write(ready);
                exchange.close();
            });
            server.start();
            return new Daemon(server);
        } catch (IOException unable) {
            throw new UncheckedIOException(
                    "cannot listen on " + settings.http().host() + ":"
                            + settings.http().port() + ": " + unable.getMessage(),
                    unable);
        }
    }

    /** Stops accepting, finishes what is in flight, and leaves the data as a start likes it best. */
    public void stop() {
        server.stop(0);
    }
}
