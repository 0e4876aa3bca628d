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

import io.quorate.coordinator.runtime.EventLoop;
import io.quorate.coordinator.runtime.SystemClock;
import io.quorate.coordinator.wire.codec.Welcome;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.Copying;
import io.quorate.core.message.ClusterReply;
import io.quorate.core.message.ClusterRequest;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.Reply;
import io.quorate.core.port.RequestHandler;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Dot;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerTransportTest {
    private final WireFixture wire = new WireFixture();

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void theFirstCallWaitsForTheConnectionAndIsAnswered() {
        LinkedBlockingQueue<String> senders = new LinkedBlockingQueue<>();
        wire.server(node("n2"), LIMITS, (from, request, reply) -> {
            senders.add(from);
            reply.send(request.equals(FETCH) ? ABSENT : DURABLE);
        });
        WireFixture.Client client = wire.client(node("n1"), LIMITS);

        assertThat(client.ask("n2", FETCH)).isEqualTo(ABSENT);
        assertThat(client.ask("n2", merge(50_000))).isEqualTo(DURABLE);
        assertThat(senders).containsExactly("n1", "n1");
        assertThat(next(client.connections())).isEqualTo("+n2");
    }

    @Test
    void aCallMayHaveSeveralReplies() {
        Reply stamped = new ReplicaReply.Stamped(new Dot(new Actor("n2", 1), 1), Bytes.utf8("state"), 1);
        LinkedBlockingQueue<RequestHandler.Responder> waiting = new LinkedBlockingQueue<>();
        WireFixture.Server server = wire.server(node("n2"), LIMITS, (from, request, reply) -> {
            reply.send(stamped);
            waiting.add(reply);
        });
        WireFixture.Client client = wire.client(node("n1"), LIMITS);
        WireFixture.Calls calls = client.calls();

        assertThat(calls.send("n2", merge(10), LONG_MILLIS)).isTrue();
        assertThat(calls.take(1)).containsExactly(stamped);
        RequestHandler.Responder reply = next(waiting);
        server.loop().context().runOnContext(ignored -> {
            reply.send(DURABLE);
            reply.send(ABSENT);
        });
        assertThat(calls.take(1)).containsExactly(DURABLE);
        // What was sent after the final reply is dropped: the next reply that comes belongs to another call.
        assertThat(calls.send("n2", merge(11), LONG_MILLIS)).isTrue();
        assertThat(calls.take(1)).containsExactly(stamped);
    }

    @Test
    void thousandsOfCallsAreAnsweredEachOnceAndInOrder() {
        wire.server(
                node("n2"),
                LIMITS,
                (from, request, reply) -> reply.send(
                        new ReplicaReply.Fetched(((ReplicaRequest.Fetch) request).wholeBytesMax(), Bytes.EMPTY, true)));
        WireFixture.Client client = wire.client(node("n1"), LIMITS);
        int total = 10_000;
        List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
        LinkedBlockingQueue<String> finished = new LinkedBlockingQueue<>();
        Sender sender = new Sender(client.transport(), total, answers, finished);
        client.connect("n2");

        client.run(() -> {
            for (int i = 0; i < 64; i++) {
                sender.send();
            }
            return true;
        });

        assertThat(next(finished)).isEqualTo("all");
        assertThat(answers).hasSize(total).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aBrokenConnectionLosesTheCallsThatWaitOnItAndTellsTheListenerFirst() {
        LinkedBlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        WireFixture.Server server = wire.server(node("n2"), LIMITS, (from, request, reply) -> arrived.add("a request"));
        WireFixture.Client client = wire.client(node("n1"), LIMITS);
        WireFixture.Calls calls = client.calls();
        assertThat(calls.send("n2", FETCH, LONG_MILLIS)).isTrue();
        assertThat(calls.send("n2", FETCH, LONG_MILLIS)).isTrue();
        next(arrived);
        next(arrived);

        server.close();

        assertThat(calls.take(2)).containsOnly(new Lost());
        assertThat(client.connections()).containsExactly("+n2", "-n2");
    }

    @Test
    void aServerThatCameBackIsFoundAgain() {
        WireFixture.Server server = wire.server(node("n2"), LIMITS, (from, request, reply) -> reply.send(ABSENT));
        WireFixture.Client client = wire.client(node("n1"), LIMITS);
        assertThat(client.ask("n2", FETCH)).isEqualTo(ABSENT);
        server.close();
        assertThat(next(client.connections())).isEqualTo("+n2");
        assertThat(next(client.connections())).isEqualTo("-n2");
        assertThat(client.calls().send("n2", FETCH, LONG_MILLIS)).isFalse();

        wire.server(
                wire.loop(new SystemClock()),
                node("n2"),
                LIMITS,
                (from, request, reply) -> reply.send(DURABLE),
                wire.ports.get("n2"));

        // Nobody has to call for it.
        assertThat(next(client.connections())).isEqualTo("+n2");
        assertThat(client.ask("n2", FETCH)).isEqualTo(DURABLE);
    }

    @Test
    void aSignOfLifeEndsThePauseBeforeTheNextAttempt() {
        WireLimits patient =
                new WireLimits(100_000, 100, 1_000_000, 400_000, 100, 5_000, 5_000, 600_000, 600_000, 5_000);
        WireFixture.Server server = wire.server(node("n2"), LIMITS, (from, request, reply) -> reply.send(ABSENT));
        WireFixture.Client client = wire.client(node("n1"), patient);
        client.connect("n2");
        server.close();
        assertThat(next(client.connections())).isEqualTo("+n2");
        assertThat(next(client.connections())).isEqualTo("-n2");
        wire.server(node("n2"), LIMITS, (from, request, reply) -> reply.send(DURABLE));
        wire.arrivals.clear();

        client.run(() -> {
            client.transport().retry("n2");
            client.transport().retry("n2");
            client.transport().retry("a stranger");
            return true;
        });

        assertThat(next(client.connections())).isEqualTo("+n2");
        assertThat(client.ask("n2", FETCH)).isEqualTo(DURABLE);
        assertThat(wire.arrivals).containsExactly("n1");
    }

    @Test
    void aNodeThatMovedIsFoundAtItsNewAddress() {
        WireFixture.Server server = wire.server(node("n2"), LIMITS, (from, request, reply) -> reply.send(ABSENT));
        WireFixture.Client client = wire.client(node("n1"), LIMITS);
        client.connect("n2");

        wire.server(node("n2"), LIMITS, (from, request, reply) -> reply.send(DURABLE));
        server.close();

        assertThat(next(client.connections())).isEqualTo("+n2");
        assertThat(next(client.connections())).isEqualTo("-n2");
        assertThat(next(client.connections())).isEqualTo("+n2");
        assertThat(client.ask("n2", FETCH)).isEqualTo(DURABLE);
    }

    @Test
    void callsThatWaitedForAConnectionThatFailedAreLostAndLaterOnesRefused() throws Exception {
        try (ServerSocket unused = new ServerSocket(0)) {
            wire.ports.put("n2", unused.getLocalPort());
        }
        WireFixture.Client client = wire.client(node("n1"), LIMITS);
        WireFixture.Calls calls = client.calls();

        assertThat(calls.send("n2", FETCH, LONG_MILLIS)).isTrue();
        assertThat(calls.take(1)).containsExactly(new Lost());
        assertThat(calls.send("n2", FETCH, LONG_MILLIS)).isFalse();
        assertThat(client.connections()).isEmpty();
    }

    @Test
    void noCallWaitsForAPeerThatFailedBefore() throws Exception {
        try (ServerSocket failing = new ServerSocket(0)) {
            wire.ports.put("n2", failing.getLocalPort());
            WireFixture.Client client = wire.client(node("n1"), LIMITS);
            WireFixture.Calls calls = client.calls();
            assertThat(calls.send("n2", FETCH, LONG_MILLIS)).isTrue();
            failing.accept().close();
            assertThat(calls.take(1)).containsExactly(new Lost());

            // It is tried again, but who knows whether it will answer.
            try (Socket mute = failing.accept()) {
                assertThat(mute.isConnected()).isTrue();
                assertThat(calls.send("n2", FETCH, LONG_MILLIS)).isFalse();
            }
        }
    }

    @Test
    void aPeerThatIsKilledLosesTheCallsAtOnce() throws Exception {
        try (ServerSocket killed = new ServerSocket(0)) {
            wire.ports.put("n2", killed.getLocalPort());
            WireFixture.Client client = wire.client(node("n1"), LIMITS);
            WireFixture.Calls calls = client.calls();
            assertThat(calls.send("n2", FETCH, LONG_MILLIS)).isTrue();
            try (RawPeer peer = new RawPeer(killed.accept())) {
                peer.welcome(new Welcome(1, "test", "n2", 1_000_000, ""));
                assertThat(next(client.connections())).isEqualTo("+n2");
                peer.reset();
            }

            assertThat(next(client.connections())).isEqualTo("-n2");
            assertThat(calls.take(1)).containsExactly(new Lost());
        }
    }

    @Test
    void aNodeWithoutAnAddressIsRefused() {
        WireFixture.Client client = wire.client(node("n1"), LIMITS);

        assertThat(client.calls().send("n9", FETCH, LONG_MILLIS)).isFalse();
        assertThat(client.calls().send("n9", FETCH, 0)).isFalse();
    }

    @Test
    void anAddressThatCannotBeFoundOutIsReportedAndTheCallRefused() {
        EventLoop loop = wire.loop(new SystemClock());
        LinkedBlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
        loop.context().exceptionHandler(reported::add);
        PeerTransport transport = new PeerTransport(
                loop,
                node("n1"),
                LIMITS,
                new WireCounts(),
                name -> {
                    throw new IllegalStateException("a bug");
                },
                PeerListener.NONE);
        LinkedBlockingQueue<Boolean> sent = new LinkedBlockingQueue<>();
        loop.context().runOnContext(ignored -> sent.add(transport.call("n2", FETCH, LONG_MILLIS, (from, reply) -> {})));

        assertThat(next(sent)).isFalse();
        assertThat(next(reported)).hasMessage("a bug");
    }

    @Test
    void aSeedIsCalledByItsAddress() {
        wire.server(
                node("n2"),
                LIMITS,
                (from, request, reply) ->
                        reply.send(new ClusterReply.Alive(new Actor(from, 1), true, 2, 3, Copying.NONE)));
        String seed = "127.0.0.1:" + wire.ports.get("n2");
        WireFixture.Client client = wire.client(new Identity("", "client-7"), LIMITS);

        assertThat(client.ask(seed, new ClusterRequest.Describe()))
                .isEqualTo(new ClusterReply.Alive(new Actor("client-7", 1), true, 2, 3, Copying.NONE));
        assertThat(next(client.connections())).isEqualTo("+" + seed);
    }

    @Test
    void aConnectionThatIsNoLongerWantedIsClosedAndStaysSo() {
        LinkedBlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        wire.server(node("n2"), LIMITS, (from, request, reply) -> arrived.add("a request"));
        WireFixture.Client client = wire.client(node("n1"), LIMITS);
        WireFixture.Calls calls = client.calls();
        calls.send("n2", FETCH, LONG_MILLIS);
        next(arrived);

        client.run(() -> {
            client.transport().disconnect("n2");
            client.transport().disconnect("n3");
            return true;
        });

        assertThat(calls.take(1)).containsExactly(new Lost());
        assertThat(client.connections()).containsExactly("+n2", "-n2");
        client.run(() -> {
            client.transport().close();
            return true;
        });
        assertThat(calls.send("n2", FETCH, LONG_MILLIS)).isFalse();
    }

    @Test
    void aPeerThatStaysSilentIsCutOff() {
        wire.server(node("n2"), LIMITS, (from, request, reply) -> {});
        WireLimits limits = new WireLimits(100_000, 100, 1_000_000, 400_000, 100, 5_000, 5_000, 5, 50, 50);
        WireFixture.Client client = wire.client(node("n1"), limits);

        client.calls().send("n2", FETCH, 100);
        assertThat(next(client.connections())).isEqualTo("+n2");
        // The call expires after the silence has become too long.
        assertThat(next(client.connections())).isEqualTo("-n2");
    }

    @Test
    void aHandlersOwnErrorIsReportedAndHarmsNoOther() {
        wire.server(node("n2"), LIMITS, (from, request, reply) -> reply.send(ABSENT));
        WireFixture.Client client = wire.client(node("n1"), LIMITS);
        LinkedBlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
        client.loop().context().exceptionHandler(reported::add);

        client.run(() -> client.transport().call("n2", FETCH, LONG_MILLIS, (from, reply) -> {
            throw new IllegalStateException("a bug");
        }));

        assertThat(next(reported)).hasMessage("a bug");
        assertThat(client.ask("n2", FETCH)).isEqualTo(ABSENT);
        assertThat(client.connections()).containsExactly("+n2");
    }

    @Test
    void aRequestThatCannotBeWrittenIsReportedAndHarmsNoOther() {
        wire.server(node("n2"), LIMITS, (from, request, reply) -> reply.send(ABSENT));
        WireFixture.Client client = wire.client(node("n1"), LIMITS);
        client.connect("n2");
        LinkedBlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
        client.loop().context().exceptionHandler(reported::add);

        Key none = null;
        assertThat(client.calls().send("n2", new ReplicaRequest.Fetch(none, 1), LONG_MILLIS))
                .isFalse();
        assertThat(next(reported)).isInstanceOf(IllegalArgumentException.class);
        assertThat(client.ask("n2", FETCH)).isEqualTo(ABSENT);
    }

    @Test
    void manyTransportsShareAServer() {
        wire.server(
                node("n2"),
                LIMITS,
                (from, request, reply) -> reply.send(new Refused(Refused.Reason.NOT_SERVING, from)));
        for (int i = 0; i < 5; i++) {
            WireFixture.Client client = wire.client(node("client-" + i), LIMITS);
            assertThat(client.ask("n2", FETCH)).isEqualTo(new Refused(Refused.Reason.NOT_SERVING, "client-" + i));
        }
    }

    /** Sends the next call whenever one is answered. */
    private static final class Sender {
        private final PeerTransport transport;
        private final int total;
        private final List<Integer> answers;
        private final LinkedBlockingQueue<String> finished;
        private int sent;

        Sender(PeerTransport transport, int total, List<Integer> answers, LinkedBlockingQueue<String> finished) {
            this.transport = transport;
            this.total = total;
            this.answers = answers;
            this.finished = finished;
        }

        void send() {
            if (sent < total
                    && transport.call(
                            "n2", new ReplicaRequest.Fetch(WireFixture.KEY, sent), LONG_MILLIS, this::onReply)) {
                sent++;
            }
        }

        private void onReply(String node, Reply reply) {
            answers.add((int) ((ReplicaReply.Fetched) reply).digest());
            if (answers.size() == total) {
                finished.add("all");
            }
            send();
        }
    }
}
