package io.quorate.coordinator.wire;

import io.quorate.core.message.Fenced;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.ReplyHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An open connection to a peer, and the calls that await replies on it. */
final class PeerConnection implements FrameSocket.Events {
    static final Lost LOST = new Lost();

    private final String node;
    private final FrameSocket socket;
    private final Endpoint end;
    private final Consumer<String> onClosed;
    private final InFlight<ReplyHandler> calls;
    private final Silence silence;

    /**
     * Takes over a socket after its handshake.
     *
     * @param onClosed told the reason, before the calls are
     */
    PeerConnection(String node, FrameSocket socket, Endpoint end, Consumer<String> onClosed) {
        this.node = node;
        this.socket = socket;
        this.end = end;
        this.onClosed = onClosed;
        calls = new InFlight<>(end.limits().callsInFlightMax(), end.limits().bytesInFlightMax());
        silence = new Silence(TimeUnit.MILLISECONDS.toNanos(end.limits().silenceMillisMax()));
    }

    /** Sends a request at the end of this tick; false when a bound forbids it. */
    boolean call(Request request, long deadlineNanos, ReplyHandler replies) {
        if (socket.isClosed() || socket.isFull() || calls.isFull()) {
            return false;
        }
        long now = end.nowNanos();
        long id = calls.open(replies, deadlineNanos);
        FrameBuffer frame = socket.begin(Frames.REQUEST);
        Request content = request instanceof Fenced fenced ? fenced.request() : request;
        frame.int64(id)
                .int32(remainingMillis(deadlineNanos - now))
                .int64(request instanceof Fenced fenced ? fenced.ring() : 0);
        if (!end.write(content, socket.version(), frame)) {
            calls.close(id);
            return false;
        }
        calls.charge(id, frame.frameLength());
        if (!socket.send()) {
            calls.close(id);
            end.problems().warn("a request to " + node + " is larger than a frame may be: " + content.getClass());
            return false;
        }
        silence.onSent(now);
        return true;
    }

    /** Forgets the calls whose deadline has passed; true while others are in flight. */
    boolean sweep(long nowNanos) {
        if (calls.sweep(nowNanos) > 0 && silence.isTooLong(nowNanos)) {
            socket.close("calls expired, and nothing came for " + end.limits().silenceMillisMax() + " ms");
        }
        return !calls.isEmpty();
    }

    void close(String reason) {
        socket.close(reason);
    }

    @Override
    public void onFrame(byte[] bytes, int offset, int length) {
        silence.onReceived();
        Frames.expect(Frames.REPLY, Frames.REPLY_HEAD_BYTES, bytes, offset, length);
        long id = Frames.id(bytes, offset);
        ReplyHandler replies = calls.get(id);
        if (replies == null) {
            return;
        }
        Reply reply = end.codec().readReply(bytes, offset + Frames.REPLY_HEAD_BYTES, length - Frames.REPLY_HEAD_BYTES);
        if (reply.isFinal()) {
            calls.close(id);
        }
        end.deliver(node, reply, replies);
    }

    @Override
    public void onClosed(String reason) {
        onClosed.accept(reason);
        for (ReplyHandler replies : calls.drain()) {
            end.deliver(node, LOST, replies);
        }
    }

    /** At least one, or the peer would drop a request that has a fraction of a millisecond left. */
    private static int remainingMillis(long nanos) {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
