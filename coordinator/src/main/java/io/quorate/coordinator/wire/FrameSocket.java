package io.quorate.coordinator.wire;

import io.quorate.core.codec.MalformedException;
import io.quorate.core.port.Scheduler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * A socket that carries frames.
 *
 * <p>Frames written within one tick leave in one write, after the tick. What comes in is cut into frames; a malformed one closes
 * the socket. Until {@link #agree} only frames of a handshake's size pass.
 */
final class FrameSocket {
    private final NetSocket socket;
    private final Scheduler scheduler;
    private final WireLimits limits;
    private final WireCounts counts;
    private final ReadBuffer buffer;
    private final String remote;
    private final FrameReader reader = new FrameReader(Frames.HANDSHAKE_BYTES_MAX);
    private final FrameBuffer out = new FrameBuffer();
    private Events events;
    private boolean agreed;
    private int version;
    private int frameBytesMax = Frames.HANDSHAKE_BYTES_MAX;
    private long unsentBytes;
    private boolean flushing;
    private boolean paused;
    private String closeReason;

    FrameSocket(NetSocket socket, Endpoint end) {
        this.socket = socket;
        scheduler = end.loop().scheduler();
        limits = end.limits();
        counts = end.counts();
        buffer = end.buffer();
        remote = String.valueOf(socket.remoteAddress());
    }

    /** Begins to read; call it in the same tick that brought the socket. */
    void open(Events first) {
        events = first;
        counts.onConnected();
        socket.exceptionHandler(error -> close(String.valueOf(error.getMessage())));
        socket.closeHandler(ignored -> onClosed());
        socket.handler(this::onData);
    }

    void setEvents(Events next) {
        events = next;
    }

    /** After the handshake: frames are of that version, and may be as large as both sides take. */
    void agree(int commonVersion, int peerFrameBytesMax) {
        agreed = true;
        version = commonVersion;
        reader.setFrameBytesMax(limits.frameBytesMax());
        // No honest peer takes less than the least: a smaller one could not even be told that.
        frameBytesMax = Math.max(WireLimits.FRAME_BYTES_LEAST, Math.min(limits.frameBytesMax(), peerFrameBytesMax));
    }

    /** The protocol version to write in. */
    int version() {
        return version;
    }

    /** Opens a frame, which {@link #send} closes within the same call. */
    FrameBuffer begin(int kind) {
        return out.begin(kind);
    }

    /** Sends the frame that was begun, at the end of this tick; false when it is larger than the peer takes, and then it is gone. */
    boolean send() {
        if (out.frameLength() > frameBytesMax) {
            out.cancel();
            return false;
        }
        out.end();
        counts.onFrameOut();
        if (!flushing) {
            flushing = true;
            scheduler.execute(this::flush);
        }
        return true;
    }

    /** Bytes that wait: for the end of the tick, or for the peer to read. */
    long outboundBytes() {
        return unsentBytes + out.length();
    }

    boolean isFull() {
        return outboundBytes() >= limits.outboundBytesMax();
    }

    boolean isClosed() {
        return closeReason != null;
    }

    /** Reads no more until what waits to be sent is down to a quarter of its bound. */
    void pauseReading() {
        if (!paused && !isClosed()) {
            paused = true;
            socket.pause();
        }
    }

    void close(String reason) {
        if (!isClosed()) {
            closeReason = reason;
            socket.close();
        }
    }

    /** Closes once all that was sent is on its way; what arrives meanwhile is not looked at. */
    void closeAfterSending(String reason) {
        if (!isClosed()) {
            closeReason = reason;
            socket.write(out.drain()).onComplete(ignored -> socket.close());
        }
    }

    @Override
    public String toString() {
        return remote;
    }

    private void onData(Buffer data) {
        if (isClosed()) {
            return;
        }
        counts.onBytesIn(data.length());
        try {
            reader.read(buffer.fill(data), data.length(), this::onFrame);
        } catch (MalformedException e) {
            close(agreed ? e.getMessage() : "not the Quorate protocol: " + e.getMessage());
        }
    }

    private boolean onFrame(byte[] bytes, int offset, int length) {
        counts.onFrameIn();
        events.onFrame(bytes, offset, length);
        return !isClosed();
    }

    private void flush() {
        flushing = false;
        if (isClosed()) {
            return;
        }
        int bytes = out.length();
        unsentBytes += bytes;
        counts.onFlush(bytes);
        socket.write(out.drain()).onComplete(ignored -> onSent(bytes));
    }

    private void onSent(int bytes) {
        unsentBytes -= bytes;
        if (paused && unsentBytes <= limits.outboundBytesMax() / 4) {
            paused = false;
            socket.resume();
        }
    }

    private void onClosed() {
        counts.onClosed();
        if (!isClosed()) {
            closeReason = "it was closed";
        }
        events.onClosed(closeReason);
    }

    /** What a socket's owner hears of it. */
    interface Events {
        /**
         * Takes a frame, from kind to last byte; the bytes are only lent.
         *
         * @throws MalformedException to have the socket closed
         */
        void onFrame(byte[] bytes, int offset, int length);

        /** The socket is closed; nothing follows. Never called within a call of this socket. */
        void onClosed(String reason);
    }
}
