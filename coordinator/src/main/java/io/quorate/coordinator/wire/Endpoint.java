package io.quorate.coordinator.wire;

import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.coordinator.wire.codec.MessageCodec;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.ReplyHandler;
import org.slf4j.Logger;

/** One end of the wire: what all connections of one transport, or of one server, have in common. */
record Endpoint(
        EventLoop loop,
        Identity self,
        WireLimits limits,
        WireCounts counts,
        MessageCodec codec,
        ReadBuffer buffer,
        ProblemLog problems) {
    static Endpoint of(EventLoop loop, Identity self, WireLimits limits, WireCounts counts, Logger log) {
        ProblemLog problems = new ProblemLog(log, loop.clock());
        return new Endpoint(loop, self, limits, counts, new MessageCodec(), new ReadBuffer(), problems);
    }

    long nowNanos() {
        return loop.clock().monotonicNanos();
    }

    /** Writes a request into an open frame; one that cannot be written is a programming error, and the frame is taken back. */
    boolean write(Request request, int version, FrameBuffer frame) {
        try {
            codec.write(request, version, frame);
            return true;
        } catch (RuntimeException e) {
            return takeBack(frame, e);
        }
    }

    /** Writes a reply, as {@link #write(Request, int, FrameBuffer)} does a request. */
    boolean write(Reply reply, int version, FrameBuffer frame) {
        try {
            codec.write(reply, version, frame);
            return true;
        } catch (RuntimeException e) {
            return takeBack(frame, e);
        }
    }

    private boolean takeBack(FrameBuffer frame, RuntimeException error) {
        frame.cancel();
        loop.report(error);
        return false;
    }

    /** Gives a reply to whoever waits for it, whose own errors end neither the connection nor the replies to others. */
    void deliver(String node, Reply reply, ReplyHandler replies) {
        try {
            replies.onReply(node, reply);
        } catch (RuntimeException e) {
            loop.report(e);
        }
    }
}
