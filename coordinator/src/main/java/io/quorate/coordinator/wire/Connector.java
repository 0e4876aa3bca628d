package io.quorate.coordinator.wire;

import io.quorate.coordinator.wire.codec.Hello;
import io.quorate.coordinator.wire.codec.Welcome;
import io.quorate.core.port.Scheduler;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;

/** Opens connections: TCP, then the handshake. */
final class Connector {
    private final Endpoint end;
    // In a field: a client that nobody holds is collected, and closes its connections.
    private final NetClient client;

    Connector(Endpoint end) {
        this.end = end;
        client = end.loop()
                .context()
                .owner()
                .createNetClient(new NetClientOptions()
                        .setConnectTimeout(end.limits().connectTimeoutMillis())
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true));
    }

    /**
     * Tries once, and tells the outcome later.
     *
     * @param expected the node id that must answer; empty for any
     */
    void connect(Address address, String expected, Outcome outcome) {
        // On the loop's own context, so that the socket belongs to it whatever context this call came from.
        end.loop()
                .scheduler()
                .execute(() -> client.connect(address.port(), address.host())
                        .onSuccess(socket -> new Attempt(socket, expected, outcome).start())
                        .onFailure(error -> outcome.onFailed(String.valueOf(error.getMessage()))));
    }

    void close() {
        client.close();
    }

    /** What became of an attempt. */
    interface Outcome {
        void onOpen(FrameSocket socket);

        void onFailed(String reason);
    }

    /** A handshake in progress: hello is sent, the welcome awaited. */
    private final class Attempt implements FrameSocket.Events {
        private final FrameSocket socket;
        private final String expected;
        private final Outcome outcome;
        private final Scheduler.Timer timeout;

        Attempt(NetSocket socket, String expected, Outcome outcome) {
            this.socket = new FrameSocket(socket, end);
            this.expected = expected;
            this.outcome = outcome;
            int timeoutMillis = end.limits().handshakeTimeoutMillis();
            timeout = end.loop()
                    .scheduler()
                    .schedule(timeoutMillis, () -> this.socket.close("no handshake within " + timeoutMillis + " ms"));
        }

        void start() {
            socket.open(this);
            Hello hello = new Hello(
                    end.self().versions().oldest(),
                    end.self().versions().newest(),
                    end.self().cluster(),
                    end.self().node(),
                    expected,
                    end.limits().frameBytesMax());
            end.codec().write(hello, socket.begin(Frames.HELLO).int32(Frames.MAGIC));
            socket.send();
        }

        @Override
        public void onFrame(byte[] bytes, int offset, int length) {
            Frames.expect(Frames.WELCOME, Frames.HANDSHAKE_HEAD_BYTES, bytes, offset, length);
            Frames.expectMagic(bytes, offset);
            Welcome welcome = end.codec()
                    .readWelcome(bytes, offset + Frames.HANDSHAKE_HEAD_BYTES, length - Frames.HANDSHAKE_HEAD_BYTES);
            String objection = objection(welcome);
            if (!objection.isEmpty()) {
                socket.close(objection);
                return;
            }
            timeout.cancel();
            socket.agree(welcome.version(), welcome.frameBytesMax());
            outcome.onOpen(socket);
        }

        @Override
        public void onClosed(String reason) {
            timeout.cancel();
            outcome.onFailed(reason);
        }

        private String objection(Welcome welcome) {
            if (welcome.isRefusal()) {
                return "refused: " + welcome.refusal();
            }
            if (!end.self().versions().includes(welcome.version())) {
                return "it speaks protocol version " + welcome.version() + ", this side "
                        + end.self().versions();
            }
            String cluster = end.self().cluster();
            if (!cluster.isEmpty() && !cluster.equals(welcome.cluster())) {
                return "it belongs to the cluster '" + welcome.cluster() + "'";
            }
            if (!expected.isEmpty() && !expected.equals(welcome.node())) {
                return "it is " + welcome.node();
            }
            return "";
        }
    }
}
