package io.quorate.coordinator.wire;

import static io.quorate.coordinator.wire.WireFixture.ABSENT;
import static io.quorate.coordinator.wire.WireFixture.FETCH;
import static io.quorate.coordinator.wire.WireFixture.LIMITS;
import static io.quorate.coordinator.wire.WireFixture.LONG_MILLIS;
import static io.quorate.coordinator.wire.WireFixture.merge;
import static io.quorate.coordinator.wire.WireFixture.next;
import static io.quorate.coordinator.wire.WireFixture.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.wire.codec.Welcome;
import io.quorate.core.message.Lost;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.port.RequestHandler;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a transport holds at most for one peer, and for how long. */
class PeerTransportBoundsTest {
    private final WireFixture wire = new WireFixture();

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void onlySoManyCallsWaitForAConnection() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            wire.ports.put("n2", mute.getLocalPort());
            WireFixture.Client client = wire.client(node("n1"), LIMITS);
            WireFixture.Calls calls = client.calls();
            int taken = client.run(() -> {
                int sent = 0;
                while (calls.sendHere("n2", FETCH, LONG_MILLIS)) {
                    sent++;
                }
                return sent;
            });

            assertThat(taken).isEqualTo(Peer.WAITING_MAX);
            client.run(() -> {
                client.transport().close();
                return true;
            });
            assertThat(calls.take(taken)).containsOnly(new Lost());
        }
    }

    @Test
    void callsInFlightAreBoundedAndForgottenAfterTheirDeadline() {
        LinkedBlockingQueue<RequestHandler.Responder> waiting = new LinkedBlockingQueue<>();
        wire.server(node("n2"), WireLimits.DEFAULT, (from, request, reply) -> waiting.add(reply));
        WireFixture.Client client = wire.client(node("n1"), LIMITS);
        WireFixture.Calls first = client.calls();
        assertThat(first.send("n2", FETCH, LONG_MILLIS)).isTrue();
        next(waiting);

        WireFixture.Calls calls = client.calls();
        int taken = client.run(() -> fill(calls, 100));
        assertThat(taken).isEqualTo(LIMITS.callsInFlightMax() - 1);
        awaitRoom(client);

        // Only the first call is still known: its deadline is far.
        assertThat(calls.replies()).isEmpty();
        assertThat(first.replies()).isEmpty();
    }

    @Test
    void aCallThatHadToWaitForTheConnectionIsForgottenAfterItsDeadlineToo() throws Exception {
        WireLimits limits = new WireLimits(100_000, 1, 1_000_000, 400_000, 100, 5_000, 5_000, 5, 50, 5_000);
        try (ServerSocket slow = new ServerSocket(0)) {
            wire.ports.put("n2", slow.getLocalPort());
            WireFixture.Client client = wire.client(node("n1"), limits);
            WireFixture.Calls calls = client.calls();
            assertThat(calls.send("n2", FETCH, 400)).isTrue();
            try (RawPeer peer = new RawPeer(slow.accept())) {
                LinkedBlockingQueue<String> swept = new LinkedBlockingQueue<>();
                client.run(() -> client.loop().scheduler().schedule(60, () -> swept.add("more than once")));
                next(swept);
                peer.welcome(new Welcome(1, "test", "n2", 1_000_000, ""));
                assertThat(next(client.connections())).isEqualTo("+n2");

                awaitRoom(client);
                assertThat(calls.replies()).isEmpty();
            }
        }
    }

    @Test
    void bytesInFlightAreBounded() {
        wire.server(node("n2"), WireLimits.DEFAULT, (from, request, reply) -> {
            if (request.equals(FETCH)) {
                reply.send(ABSENT);
            }
        });
        WireLimits limits = new WireLimits(100_000, 1_000, 150_000, 10_000_000, 10, 5_000, 5_000, 5, 50, 5_000);
        WireFixture.Client client = wire.client(node("n1"), limits);
        client.connect("n2");
        WireFixture.Calls calls = client.calls();

        int taken = client.run(() -> {
            int sent = 0;
            while (calls.sendHere("n2", merge(50_000), LONG_MILLIS)) {
                sent++;
            }
            return sent;
        });

        assertThat(taken).isEqualTo(3);
    }

    @Test
    void bytesThatWaitForTheSocketAreBounded() throws Exception {
        // A server that was agreed with, and reads no more: its loop is busy for the rest of the test.
        LinkedBlockingQueue<String> release = new LinkedBlockingQueue<>();
        wire.server(node("n2"), WireLimits.DEFAULT, (from, request, reply) -> {
            reply.send(ABSENT);
            if (request instanceof ReplicaRequest.Merge) {
                next(release);
            }
        });
        WireLimits limits = new WireLimits(100_000, 60_000, 1L << 40, 500_000, 10, 5_000, 5_000, 5, 50, 60_000);
        WireFixture.Client client = wire.client(node("n1"), limits);
        client.connect("n2");
        WireFixture.Calls calls = client.calls();
        calls.send("n2", merge(1), LONG_MILLIS);

        int sent = 0;
        while (calls.send("n2", merge(90_000), LONG_MILLIS)) {
            sent++;
        }

        // More than the bound, because the kernel holds some too.
        assertThat(sent).isGreaterThanOrEqualTo(5);
        release.addAll(Collections.nCopies(sent + 2, "go on"));
        assertThat(calls.take(sent + 1)).containsOnly(ABSENT);
    }

    @Test
    void aRequestLargerThanAFrameIsNotSent() {
        wire.server(node("n2"), LIMITS, (from, request, reply) -> reply.send(ABSENT));
        WireFixture.Client client = wire.client(node("n1"), WireLimits.DEFAULT);
        client.connect("n2");

        try (LogCapture log = new LogCapture(PeerTransport.class)) {
            // The server takes less than this side would send.
            assertThat(client.calls().send("n2", merge(200_000), LONG_MILLIS)).isFalse();
            assertThat(log.lines()).singleElement().asString().contains("larger than a frame");
        }
        assertThat(client.ask("n2", FETCH)).isEqualTo(ABSENT);
    }

    /** Until the transport has forgotten the calls whose deadline passed. */
    private static void awaitRoom(WireFixture.Client client) {
        LinkedBlockingQueue<String> room = new LinkedBlockingQueue<>();
        client.loop().context().runOnContext(ignored -> tryUntilRoom(client, room));
        next(room);
    }

    private static void tryUntilRoom(WireFixture.Client client, LinkedBlockingQueue<String> room) {
        if (client.transport().call("n2", FETCH, LONG_MILLIS, (from, reply) -> {})) {
            room.add("room");
        } else {
            client.loop().scheduler().schedule(10, () -> tryUntilRoom(client, room));
        }
    }

    private static int fill(WireFixture.Calls calls, int timeoutMillis) {
        int sent = 0;
        while (calls.sendHere("n2", FETCH, timeoutMillis)) {
            sent++;
        }
        return sent;
    }
}
