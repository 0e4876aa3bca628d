package io.quorate.node.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop's listener on the node's HTTP port. Several of one Vert.x instance may share a port, which spreads connections
 * over their loops. Keep it in a field: a server that nobody refers to is closed.
 */
public final class HttpEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

    /** A path with a key of which every byte is encoded, and the longest context as a parameter. */
    private static final int LINE_BYTES_MAX = 24 * 1024;

    /** Two of the longest contexts, as Quorate-Context and If-Match, and what clients add of their own. */
    private static final int HEADER_BYTES_MAX = 40 * 1024;

    private final HttpServer server;
    private final int connectionsMax;
    private int connections;

    private HttpEndpoint(HttpServer server, int connectionsMax) {
        this.server = server;
        this.connectionsMax = connectionsMax;
    }

    /** Starts to listen. Called on the event loop that {@code api} belongs to. */
    public static Future<HttpEndpoint> open(Vertx vertx, String host, int port, HttpApi api) {
        HttpLimits limits = api.limits();
        HttpServer server = vertx.createHttpServer(options(limits).setHost(host).setPort(port));
        HttpEndpoint endpoint = new HttpEndpoint(server, limits.connectionsMax());
        server.requestHandler(api).invalidRequestHandler(api::handleInvalid).connectionHandler(endpoint::onConnection);
        return server.listen().map(endpoint);
    }

    public int port() {
        return server.actualPort();
    }

    /** Takes no more requests, waits for the answers to those it has, and closes. */
    public Future<Void> close(Duration grace) {
        return server.shutdown(grace);
    }

    /** Open connections. */
    int connections() {
        return connections;
    }

    private static HttpServerOptions options(HttpLimits limits) {
        return new HttpServerOptions()
                .setMaxInitialLineLength(LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setIdleTimeout(limits.idleTimeoutMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                // The API is HTTP/1.1; without this every connection carries a handler that waits for an upgrade.
                .setHttp2ClearTextEnabled(false)
                // The same of web sockets and their compression.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                // All of a connection stays on its loop, which saves a lock and a queue a request.
                .setStrictThreadMode(true);
    }

    private void onConnection(HttpConnection connection) {
        if (connections >= connectionsMax) {
            connection.close();
            return;
        }
        connections++;
        connection.closeHandler(closed -> connections--);
        connection.exceptionHandler(fault -> LOG.debug("An HTTP connection failed", fault));
    }
}
