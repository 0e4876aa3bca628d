package io.quorate.coordinator.wire;

import io.quorate.coordinator.wire.codec.Hello;
import io.quorate.coordinator.wire.codec.Versions;
import io.quorate.coordinator.wire.codec.Welcome;
import io.quorate.core.port.Scheduler;
import java.util.regex.Pattern;

/** Somebody connected: their hello is awaited, checked, and answered. */
final class Reception implements FrameSocket.Events {
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final FrameSocket socket;
    private final Endpoint end;
    private final Host host;
    private final Scheduler.Timer timeout;

    /** The server that was connected to. */
    interface Host {
        /** The peer was welcomed; its socket is the host's now. */
        void onAccepted(String peer, FrameSocket socket);

        /** The connection is gone before it was one. */
        void onRejected();
    }

    Reception(FrameSocket socket, Endpoint end, Host host) {
        this.socket = socket;
        this.end = end;
        this.host = host;
        int timeoutMillis = end.limits().handshakeTimeoutMillis();
        timeout = end.loop()
                .scheduler()
                .schedule(timeoutMillis, () -> socket.close("no handshake within " + timeoutMillis + " ms"));
    }

    @Override
    public void onFrame(byte[] bytes, int offset, int length) {
        Frames.expect(Frames.HELLO, Frames.HANDSHAKE_HEAD_BYTES, bytes, offset, length);
        Frames.expectMagic(bytes, offset);
        Hello hello = end.codec()
                .readHello(bytes, offset + Frames.HANDSHAKE_HEAD_BYTES, length - Frames.HANDSHAKE_HEAD_BYTES);
        String refusal = refusal(hello);
        boolean welcome = refusal.isEmpty();
        answer(welcome ? version(hello) : 0, refusal);
        if (!welcome) {
            socket.closeAfterSending(hello.node() + ": " + refusal);
            return;
        }
        timeout.cancel();
        socket.agree(version(hello), hello.frameBytesMax());
        host.onAccepted(hello.node(), socket);
    }

    @Override
    public void onClosed(String reason) {
        timeout.cancel();
        end.problems().warn("refused a connection from " + socket + ": " + reason);
        host.onRejected();
    }

    private String refusal(Hello hello) {
        Identity self = end.self();
        if (!NODE.matcher(hello.node()).matches()) {
            return "a peer must say who it is, in 1 to 128 of [A-Za-z0-9._-]";
        }
        if (version(hello) == 0) {
            return "this node speaks protocol versions " + self.versions() + ", not " + theirs(hello)
                    + ": upgrade the older side by way of a release that speaks a version of both";
        }
        if (!hello.cluster().isEmpty() && !hello.cluster().equals(self.cluster())) {
            return "this node belongs to the cluster '" + self.cluster() + "', not '" + hello.cluster() + "'";
        }
        if (!hello.expected().isEmpty() && !hello.expected().equals(self.node())) {
            return "this node is " + self.node() + ", not " + hello.expected();
        }
        if (hello.node().equals(self.node())) {
            return "this node is " + self.node()
                    + " too: an id is used twice, or an address leads back to its own node";
        }
        return "";
    }

    private void answer(int version, String refusal) {
        Identity self = end.self();
        Welcome welcome =
                new Welcome(version, self.cluster(), self.node(), end.limits().frameBytesMax(), refusal);
        end.codec().write(welcome, socket.begin(Frames.WELCOME).int32(Frames.MAGIC));
        socket.send();
    }

    private int version(Hello hello) {
        return end.self().versions().common(theirs(hello));
    }

    private static Versions theirs(Hello hello) {
        return new Versions(hello.versionMin(), hello.versionMax());
    }
}
