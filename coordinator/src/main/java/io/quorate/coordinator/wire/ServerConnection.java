package io.quorate.coordinator.wire;

import io.quorate.core.message.Fenced;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.RequestHandler;
import java.util.concurrent.TimeUnit;

/**
 * A connection from a peer: its requests on their way to the handler, and the replies on their way back.
 *
 * <p>A request is refused here, without a look at what it asks, when its deadline has passed or too many are in flight; and when
 * its sender goes by an older member set, unless it is about the cluster itself, which is how the sender learns of the newer one.
 */
final class ServerConnection implements FrameSocket.Events {
    private static final Refused EXPIRED = new Refused(Refused.Reason.EXPIRED, "its deadline had passed");
    private static final Refused TOO_MANY =
            new Refused(Refused.Reason.OVERLOADED, "too many requests of this connection are in flight");
    private static final Refused TOO_LARGE =
            new Refused(Refused.Reason.OVERLOADED, "the reply is larger than the connection can take now");
    /** Replies up to this size are sent over the bound of what waits for the socket: requests in flight bound them already. */
    private static final int SMALL_BYTES = 1_024;

    private final String peer;
    private final FrameSocket socket;
    private final Endpoint end;
    private final RequestHandler handler;
    private final Host host;
    private final InFlight<Answer> calls;

    /** The server that the connection belongs to. */
    interface Host {
        /** For how long, at least, the loop did nothing until now: what has arrived may have waited so long. */
        long stalledMillis();

        void onClosed(ServerConnection connection, String reason);
    }

    ServerConnection(String peer, FrameSocket socket, Endpoint end, RequestHandler handler, Host host) {
        this.peer = peer;
        this.socket = socket;
        this.end = end;
        this.handler = handler;
        this.host = host;
        calls = new InFlight<>(end.limits().callsInFlightMax(), end.limits().bytesInFlightMax());
    }

    @Override
    public void onFrame(byte[] bytes, int offset, int length) {
        Frames.expect(Frames.REQUEST, Frames.REQUEST_HEAD_BYTES, bytes, offset, length);
        long id = Frames.id(bytes, offset);
        int remainingMillis = Frames.remainingMillis(bytes, offset);
        if (remainingMillis <= host.stalledMillis()) {
            reply(id, EXPIRED);
        } else if (calls.isFull()) {
            reply(id, TOO_MANY);
        } else {
            Request request = end.codec()
                    .readRequest(bytes, offset + Frames.REQUEST_HEAD_BYTES, length - Frames.REQUEST_HEAD_BYTES);
            long ring = Frames.ring(bytes, offset);
            boolean fenced = ring != 0 && request instanceof ReplicaRequest;
            handle(id, fenced ? new Fenced(ring, (ReplicaRequest) request) : request, remainingMillis, length);
        }
    }

    @Override
    public void onClosed(String reason) {
        calls.drain();
        host.onClosed(this, reason);
    }

    /** Forgets the requests whose deadline has passed, because nobody waits for their replies. */
    void sweep(long nowNanos) {
        calls.sweep(nowNanos);
    }

    @Override
    public String toString() {
        return peer + " at " + socket;
    }

    private void handle(long id, Request request, int remainingMillis, int length) {
        Answer answer = new Answer(id);
        answer.call = calls.open(answer, end.nowNanos() + TimeUnit.MILLISECONDS.toNanos(remainingMillis));
        calls.charge(answer.call, length);
        try {
            handler.onRequest(peer, request, answer);
        } catch (RuntimeException e) {
            end.loop().report(e);
        }
    }

    private void reply(long id, Reply reply) {
        boolean full = socket.isFull();
        FrameBuffer frame = socket.begin(Frames.REPLY).int64(id);
        if (!end.write(reply, socket.version(), frame)) {
            return;
        }
        if (full && frame.frameLength() > SMALL_BYTES) {
            frame.cancel();
            replyWithout(id, reply);
        } else if (!socket.send()) {
            end.problems().warn("a reply to " + this + " is larger than a frame may be: " + reply.getClass());
            replyWithout(id, reply);
        } else if (socket.outboundBytes() > end.limits().outboundBytesMax() / 2) {
            socket.pauseReading();
        }
    }

    /** A write was stamped, so it may not be called refused: its sender learns when it is durable, or nothing. */
    private void replyWithout(long id, Reply reply) {
        if (reply.isFinal()) {
            reply(id, TOO_LARGE);
        }
    }

    /** The way back for one request. */
    private final class Answer implements RequestHandler.Responder {
        private final long id;
        private long call;

        Answer(long id) {
            this.id = id;
        }

        @Override
        public void send(Reply reply) {
            if (calls.get(call) != this) {
                return;
            }
            if (reply.isFinal()) {
                calls.close(call);
            }
            reply(id, reply);
        }
    }
}
