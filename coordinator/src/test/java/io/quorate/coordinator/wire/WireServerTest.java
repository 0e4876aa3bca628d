package io.quorate.coordinator.wire;

import static io.quorate.coordinator.wire.WireFixture.ABSENT;
import static io.quorate.coordinator.wire.WireFixture.DURABLE;
import static io.quorate.coordinator.wire.WireFixture.FETCH;
import static io.quorate.coordinator.wire.WireFixture.LIMITS;
import static io.quorate.coordinator.wire.WireFixture.LONG_MILLIS;
import static io.quorate.coordinator.wire.WireFixture.merge;
import static io.quorate.coordinator.wire.WireFixture.next;
import static io.quorate.coordinator.wire.WireFixture.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.runtime.ManualClock;
import io.quorate.coordinator.runtime.SystemClock;
import io.quorate.core.Bytes;
import io.quorate.core.message.ClusterRequest;
import io.quorate.core.message.Fenced;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.port.RequestHandler;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Dot;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireServerTest {
    private static final Request DESCRIBE = new ClusterRequest.Describe();

    private final WireFixture wire = new WireFixture();
    private final LogCapture log = new LogCapture(WireServer.class);

    @AfterEach
    void stop() {
        wire.close();
        log.close();
    }

    @Test
    void repliesCarryTheIdOfTheirRequest() throws IOException {
        int port = serve((from, request, reply) -> reply.send(request.equals(FETCH) ? ABSENT : DURABLE));
        try (RawPeer peer = RawPeer.welcomed(port)) {
            peer.request(-7, LONG_MILLIS, 0, FETCH);
            peer.request(Long.MAX_VALUE, LONG_MILLIS, 0, merge(1));

            assertThat(peer.reply(-7)).isEqualTo(ABSENT);
            assertThat(peer.reply(Long.MAX_VALUE)).isEqualTo(DURABLE);
        }
    }

    @Test
    void aRequestForKeysCarriesTheRingThatItWasAimedBy() throws IOException {
        List<Request> heard = new CopyOnWriteArrayList<>();
        int port = serve((from, request, reply) -> {
            heard.add(request);
            reply.send(DURABLE);
        });
        try (RawPeer peer = RawPeer.welcomed(port)) {
            peer.request(1, LONG_MILLIS, 4, FETCH);
            peer.request(2, LONG_MILLIS, 4, DESCRIBE);
            peer.request(3, LONG_MILLIS, 0, FETCH);
            peer.reply(1);
            peer.reply(2);
            peer.reply(3);

            assertThat(heard).containsExactly(new Fenced(4, (ReplicaRequest) FETCH), DESCRIBE, FETCH);
        }
    }

    @Test
    void anExpiredRequestIsRefusedWithoutALook() throws IOException {
        int port = serve((from, request, reply) -> reply.send(DURABLE));
        try (RawPeer peer = RawPeer.welcomed(port)) {
            peer.request(1, 0, 5, FETCH);
            assertReason(peer.reply(1), Refused.Reason.EXPIRED);
            peer.send(Frames.REQUEST, frame -> frame.int64(2).int32(-1).int64(5).int32(0xFFFF_FFFF));
            assertReason(peer.reply(2), Refused.Reason.EXPIRED);
        }
    }

    @Test
    void requestsThatWaitedWhileTheLoopWasStalledAreRefused() throws IOException {
        LinkedBlockingQueue<String> stalled = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<String> release = new LinkedBlockingQueue<>();
        ManualClock clock = new ManualClock();
        WireFixture.Server server =
                wire.server(wire.loop(clock), node("n2"), LIMITS, (from, request, reply) -> reply.send(DURABLE), 0);
        try (RawPeer peer = RawPeer.welcomed(wire.ports.get("n2"))) {
            peer.request(1, 10, 5, FETCH);
            assertThat(peer.reply(1)).isEqualTo(DURABLE);
            server.loop().context().runOnContext(ignored -> {
                stalled.add("stalled");
                next(release);
            });
            next(stalled);
            peer.request(2, 100, 5, FETCH);
            peer.request(3, 1_000, 5, FETCH);
            clock.advanceMillis(800);
            release.add("go on");

            assertReason(peer.reply(2), Refused.Reason.EXPIRED);
            assertThat(peer.reply(3)).isEqualTo(DURABLE);
        }
    }

    @Test
    void requestsInFlightAreBoundedUntilTheyAreAnsweredOrTooLate() throws IOException {
        LinkedBlockingQueue<RequestHandler.Responder> waiting = new LinkedBlockingQueue<>();
        WireFixture.Server server = wire.server(node("n2"), LIMITS, (from, request, reply) -> {
            if (request.equals(DESCRIBE)) {
                reply.send(DURABLE);
            } else {
                waiting.add(reply);
            }
        });
        try (RawPeer peer = RawPeer.welcomed(wire.ports.get("n2"))) {
            int bound = LIMITS.callsInFlightMax();
            for (int id = 0; id < bound; id++) {
                peer.request(id, id == 0 ? 200 : LONG_MILLIS, 0, FETCH);
            }
            RequestHandler.Responder first = next(waiting);
            RequestHandler.Responder second = next(waiting);
            // The first one's deadline passes, and that makes room.
            int id = bound;
            Reply reply;
            do {
                id++;
                peer.request(id, LONG_MILLIS, 0, DESCRIBE);
                reply = peer.reply(id);
            } while (!reply.equals(DURABLE));
            // Nobody waits for its reply any more: the next one that comes is the second's.
            reply(server, first, ABSENT);
            reply(server, second, ABSENT);
            assertThat(peer.reply(1)).isEqualTo(ABSENT);
        }
    }

    @Test
    void oneRequestTooManyIsRefused() throws IOException {
        LinkedBlockingQueue<RequestHandler.Responder> waiting = new LinkedBlockingQueue<>();
        WireFixture.Server server = wire.server(node("n2"), LIMITS, (from, request, reply) -> waiting.add(reply));
        try (RawPeer peer = RawPeer.welcomed(wire.ports.get("n2"))) {
            int bound = LIMITS.callsInFlightMax();
            for (int id = 0; id <= bound; id++) {
                peer.request(id, LONG_MILLIS, 0, FETCH);
            }
            assertReason(peer.reply(bound), Refused.Reason.OVERLOADED);
            reply(server, next(waiting), ABSENT);
            assertThat(peer.reply(0)).isEqualTo(ABSENT);
        }
    }

    @Test
    void anOversizedFrameClosesItsConnectionAndNoOther() throws IOException {
        int port = serve((from, request, reply) -> reply.send(DURABLE));
        try (RawPeer good = RawPeer.welcomed(port);
                RawPeer bad = RawPeer.welcomed(port)) {
            bad.request(1, LONG_MILLIS, 0, merge(LIMITS.frameBytesMax()));

            assertThat(bad.isClosedByOther()).isTrue();
            good.request(1, LONG_MILLIS, 0, FETCH);
            assertThat(good.reply(1)).isEqualTo(DURABLE);
        }
        assertThat(log.await("disconnected: a frame of")).isTrue();
    }

    @Test
    void aMalformedFrameClosesItsConnectionAndNoOther() throws IOException {
        int port = serve((from, request, reply) -> reply.send(DURABLE));
        try (RawPeer good = RawPeer.welcomed(port)) {
            closes(port, peer -> peer.send(Frames.REPLY, frame -> frame.int64(1)));
            closes(port, peer -> peer.send(Frames.REQUEST, frame -> frame.int64(1)));
            closes(port, peer -> peer.send(99, frame -> frame.int64(1)));
            closes(
                    port,
                    peer -> peer.send(
                            Frames.REQUEST,
                            frame -> frame.int64(1).int32(1_000).int64(5).int32(0xFFFF_FFFF)));

            good.request(1, LONG_MILLIS, 0, FETCH);
            assertThat(good.reply(1)).isEqualTo(DURABLE);
        }
    }

    @Test
    void aReplyLargerThanAFrameIsRefusedOrWhenTheWriteIsStampedLeftOut() throws IOException {
        Bytes large = Bytes.wrap(new byte[LIMITS.frameBytesMax()]);
        int port = serve((from, request, reply) -> {
            if (request.equals(FETCH)) {
                reply.send(new ReplicaReply.Fetched(1, large, false));
            } else {
                reply.send(new ReplicaReply.Stamped(new Dot(new Actor("n2", 1), 1), large, 1));
                reply.send(DURABLE);
            }
        });
        try (RawPeer peer = RawPeer.welcomed(port)) {
            peer.request(1, LONG_MILLIS, 0, FETCH);
            assertReason(peer.reply(1), Refused.Reason.OVERLOADED);
            peer.request(2, LONG_MILLIS, 0, merge(1));
            assertThat(peer.reply(2)).isEqualTo(DURABLE);
        }
    }

    @Test
    void whoReadsNoRepliesIsReadNoMoreUntilItDoes() throws Exception {
        WireLimits limits = new WireLimits(100_000, 1_000, 1L << 30, 4_000_000, 10, 5_000, 5_000, 5, 50, 5_000);
        ReplicaReply.Fetched large = new ReplicaReply.Fetched(1, Bytes.wrap(new byte[90_000]), false);
        LinkedBlockingQueue<Request> arrived = new LinkedBlockingQueue<>();
        wire.server(node("n2"), limits, (from, request, reply) -> {
            arrived.add(request);
            reply.send(large);
        });
        int total = 500;
        try (RawPeer peer = RawPeer.welcomed(wire.ports.get("n2"))) {
            Thread writer = new Thread(() -> writeRequests(peer, total));
            writer.start();
            int handled = 0;
            while (arrived.poll(300, TimeUnit.MILLISECONDS) != null) {
                handled++;
            }
            assertThat(handled).isLessThan(total);

            // Because it stopped in time, no reply had to be refused.
            for (int id = 0; id < total; id++) {
                assertThat(peer.reply(id)).isEqualTo(large);
            }
            writer.join();
        }
    }

    @Test
    void largeRepliesToWhomReadsNoneAreRefused() throws IOException {
        ReplicaReply.Fetched large = new ReplicaReply.Fetched(1, Bytes.wrap(new byte[90_000]), false);
        LinkedBlockingQueue<RequestHandler.Responder> waiting = new LinkedBlockingQueue<>();
        WireFixture.Server server = wire.server(node("n2"), LIMITS, (from, request, reply) -> waiting.add(reply));
        try (RawPeer peer = RawPeer.welcomed(wire.ports.get("n2"))) {
            for (int id = 0; id < 20; id++) {
                peer.request(id, LONG_MILLIS, 0, FETCH);
            }
            List<RequestHandler.Responder> all =
                    Stream.generate(() -> next(waiting)).limit(20).toList();
            // All within one tick, before the socket can take any.
            server.loop().context().runOnContext(ignored -> all.forEach(responder -> responder.send(large)));

            for (int id = 0; id < 20; id++) {
                Reply reply = peer.reply(id);
                if (id < 5) {
                    assertThat(reply).isEqualTo(large);
                } else {
                    assertReason(reply, Refused.Reason.OVERLOADED);
                }
            }
        }
    }

    @Test
    void aHandlersOwnErrorIsReportedAndHarmsNoOther() throws IOException {
        LinkedBlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
        WireFixture.Server server = wire.server(node("n2"), LIMITS, (from, request, reply) -> {
            if (request.equals(FETCH)) {
                throw new IllegalStateException("a bug");
            }
            reply.send(DURABLE);
        });
        server.loop().context().exceptionHandler(reported::add);
        try (RawPeer peer = RawPeer.welcomed(wire.ports.get("n2"))) {
            peer.request(1, LONG_MILLIS, 0, FETCH);
            peer.request(2, LONG_MILLIS, 0, merge(1));

            assertThat(peer.reply(2)).isEqualTo(DURABLE);
            assertThat(next(reported)).hasMessage("a bug");
        }
    }

    @Test
    void repliesAfterTheConnectionBrokeAreDropped() throws IOException {
        LinkedBlockingQueue<RequestHandler.Responder> waiting = new LinkedBlockingQueue<>();
        WireFixture.Server server = wire.server(node("n2"), LIMITS, (from, request, reply) -> waiting.add(reply));
        try (RawPeer peer = RawPeer.welcomed(wire.ports.get("n2"))) {
            peer.request(1, LONG_MILLIS, 0, FETCH);
            next(waiting);
            peer.request(2, LONG_MILLIS, 0, FETCH);
        }
        RequestHandler.Responder late = next(waiting);
        assertThat(log.await("disconnected")).isTrue();

        LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
        server.loop().context().runOnContext(ignored -> {
            late.send(DURABLE);
            done.add("sent");
        });
        assertThat(next(done)).isEqualTo("sent");
    }

    @Test
    void serversOnSeveralLoopsShareAPort() {
        RequestHandler one = (from, request, reply) -> reply.send(ABSENT);
        RequestHandler other = (from, request, reply) -> reply.send(DURABLE);
        wire.server(node("n2"), LIMITS, one).close();
        int port = wire.ports.get("n2");
        wire.server(wire.loop(new SystemClock()), node("n2"), LIMITS, one, port);
        wire.server(wire.loop(new SystemClock()), node("n2"), LIMITS, other, port);

        Reply first = wire.client(node("n1"), LIMITS).ask("n2", FETCH);
        Reply second = wire.client(node("n3"), LIMITS).ask("n2", FETCH);
        assertThat(List.of(first, second)).containsExactlyInAnyOrder(ABSENT, DURABLE);
    }

    private int serve(RequestHandler handler) {
        wire.server(node("n2"), LIMITS, handler);
        return wire.ports.get("n2");
    }

    private static void reply(WireFixture.Server server, RequestHandler.Responder responder, Reply reply) {
        server.loop().context().runOnContext(ignored -> responder.send(reply));
    }

    private static void assertReason(Reply reply, Refused.Reason reason) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static void closes(int port, Misdeed misdeed) throws IOException {
        try (RawPeer peer = RawPeer.welcomed(port)) {
            misdeed.of(peer);
            assertThat(peer.isClosedByOther()).isTrue();
        }
    }

    private static void writeRequests(RawPeer peer, int total) {
        try {
            for (int id = 0; id < total; id++) {
                peer.request(id, LONG_MILLIS, 0, merge(20_000));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Something no honest peer does. */
    private interface Misdeed {
        void of(RawPeer peer) throws IOException;
    }
}
