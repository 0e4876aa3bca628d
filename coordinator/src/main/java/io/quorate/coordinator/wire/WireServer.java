package io.quorate.coordinator.wire;

import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.core.port.RequestHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the requests of others on one event loop and gives them to a handler there.
 *
 * <p>Several servers of one Vert.x, each on its own loop, may listen on the same port, if it is not of the system's choice;
 * connections are spread over them.
 */
public final class WireServer {
    private static final Logger LOG = LoggerFactory.getLogger(WireServer.class);
    /** Short costs an idle node wake-ups; long keeps requests that nobody waits for, and lets a stall of that length pass unseen. */
    private static final long SWEEP_MILLIS = 500;
    /** How late a sweep may be before the loop counts as stalled. */
    private static final long LATE_MILLIS_MAX = 50;

    private final Endpoint end;
    private final RequestHandler handler;
    private final Consumer<String> arrivals;
    private final NetServer server;
    private final Set<ServerConnection> connections = new LinkedHashSet<>();
    private final ServerHost host = new ServerHost();
    private int sockets;
    private boolean sweeping;
    private long sweptNanos;

    /**
     * Does not listen yet.
     *
     * @param arrivals hears of each node that has connected, on the loop
     */
    public WireServer(
            EventLoop loop,
            Identity self,
            WireLimits limits,
            WireCounts counts,
            RequestHandler handler,
            Consumer<String> arrivals) {
        end = Endpoint.of(loop, self, limits, counts, LOG);
        this.handler = handler;
        this.arrivals = arrivals;
        server = loop.context()
                .owner()
                .createNetServer(new NetServerOptions().setTcpNoDelay(true).setTcpKeepAlive(true));
        server.connectHandler(this::onConnect);
        server.exceptionHandler(error -> end.problems().warn("a connection could not be taken: " + error));
    }

    /** Listens, and tells the port, which is of the system's choice when the address says zero. May be called from any thread. */
    public Future<Integer> listen(Address address) {
        Promise<Integer> listening = Promise.promise();
        // On the loop's own context: its connections belong to the context that listens.
        end.loop()
                .scheduler()
                .execute(() -> server.listen(address.port(), address.host())
                        .map(NetServer::actualPort)
                        .onComplete(listening));
        return listening.future();
    }

    /** Stops to listen and closes all connections. May be called from any thread. */
    public Future<Void> close() {
        return server.close();
    }

    private void onConnect(NetSocket netSocket) {
        sockets++;
        FrameSocket socket = new FrameSocket(netSocket, end);
        socket.open(new Reception(socket, end, host));
        if (sockets > end.limits().connectionsMax()) {
            socket.close("more connections than " + end.limits().connectionsMax());
        }
    }

    /** Runs for as long as there are connections, so that the time of its last run tells how long the loop has been stalled. */
    private void sweep() {
        sweptNanos = end.nowNanos();
        for (ServerConnection connection : connections) {
            connection.sweep(sweptNanos);
        }
        sweeping = !connections.isEmpty();
        if (sweeping) {
            end.loop().scheduler().scheduleCoarse(SWEEP_MILLIS, this::sweep);
        }
    }

    /** What this server does for its connections. */
    private final class ServerHost implements Reception.Host, ServerConnection.Host {
        @Override
        public void onAccepted(String peer, FrameSocket socket) {
            ServerConnection connection = new ServerConnection(peer, socket, end, handler, this);
            connections.add(connection);
            socket.setEvents(connection);
            LOG.debug("{} connected", connection);
            arrivals.accept(peer);
            if (!sweeping) {
                sweep();
            }
        }

        @Override
        public void onRejected() {
            sockets--;
        }

        @Override
        public long stalledMillis() {
            long sinceSweep = TimeUnit.NANOSECONDS.toMillis(end.nowNanos() - sweptNanos);
            return Math.max(0, sinceSweep - SWEEP_MILLIS - LATE_MILLIS_MAX);
        }

        @Override
        public void onClosed(ServerConnection connection, String reason) {
            sockets--;
            connections.remove(connection);
            LOG.info("{} disconnected: {}", connection, reason);
        }
    }
}
