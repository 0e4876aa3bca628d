package io.quorate.coordinator.wire;

import io.quorate.coordinator.wire.codec.Hello;
import io.quorate.coordinator.wire.codec.MessageCodec;
import io.quorate.coordinator.wire.codec.Versions;
import io.quorate.coordinator.wire.codec.Welcome;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Consumer;

/** A peer by hand, on a blocking socket, that may say what no honest peer says. */
final class RawPeer implements AutoCloseable {
    private static final int WAIT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final MessageCodec codec = new MessageCodec();
    private int version = Versions.SPOKEN.newest();

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(WAIT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    static RawPeer connect(int port) throws IOException {
        return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static RawPeer welcomed(int port) throws IOException {
        RawPeer peer = connect(port);
        if (peer.greet(hello("test", "n1", "")).isRefusal()) {
            throw new AssertionError("refused");
        }
        return peer;
    }

    /** A peer of a release that spoke these versions. */
    static RawPeer welcomed(int port, Versions versions) throws IOException {
        RawPeer peer = connect(port);
        Welcome welcome = peer.greet(new Hello(versions.oldest(), versions.newest(), "test", "n1", "", 1 << 20));
        peer.version = welcome.version();
        return peer;
    }

    static Hello hello(String cluster, String node, String expected) {
        return new Hello(Versions.SPOKEN.oldest(), Versions.SPOKEN.newest(), cluster, node, expected, 1 << 20);
    }

    Welcome greet(Hello hello) throws IOException {
        send(Frames.HELLO, frame -> codec.write(hello, frame.int32(Frames.MAGIC)));
        byte[] frame = frame();
        int head = Frames.HANDSHAKE_HEAD_BYTES;
        return codec.readWelcome(frame, head, frame.length - head);
    }

    /** Answers a hello, which is read and thrown away, as some other server might. */
    void welcome(Welcome welcome) throws IOException {
        frame();
        send(Frames.WELCOME, frame -> codec.write(welcome, frame.int32(Frames.MAGIC)));
    }

    void request(long id, int remainingMillis, long ring, Request request) throws IOException {
        send(
                Frames.REQUEST,
                frame -> codec.write(
                        request, version, frame.int64(id).int32(remainingMillis).int64(ring)));
    }

    /** The next reply, which must be to that request. */
    Reply reply(long id) throws IOException {
        byte[] frame = frame();
        if (frame[0] != Frames.REPLY || Frames.id(frame, 0) != id) {
            throw new AssertionError("not a reply to " + id);
        }
        return codec.readReply(frame, Frames.REPLY_HEAD_BYTES, frame.length - Frames.REPLY_HEAD_BYTES);
    }

    void send(int kind, Consumer<FrameBuffer> body) throws IOException {
        FrameBuffer out = new FrameBuffer();
        out.begin(kind);
        body.accept(out);
        out.end();
        raw(out.drain().getBytes());
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Whether the other side closed, without another word. */
    boolean isClosedByOther() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Ends the connection as a kernel does for a process that is gone. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private byte[] frame() throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
