package io.quorate.coordinator.wire;

import static io.quorate.coordinator.wire.WireFixture.ABSENT;
import static io.quorate.coordinator.wire.WireFixture.FETCH;
import static io.quorate.coordinator.wire.WireFixture.LIMITS;
import static io.quorate.coordinator.wire.WireFixture.LONG_MILLIS;
import static io.quorate.coordinator.wire.WireFixture.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.wire.codec.Hello;
import io.quorate.coordinator.wire.codec.Versions;
import io.quorate.coordinator.wire.codec.Welcome;
import io.quorate.core.message.Lost;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private static final WireLimits IMPATIENT =
            new WireLimits(100_000, 100, 1_000_000, 400_000, 2, 5_000, 50, 5, 50, 5_000);

    private final WireFixture wire = new WireFixture();
    private final LogCapture serverLog = new LogCapture(WireServer.class);
    private final LogCapture clientLog = new LogCapture(PeerTransport.class);

    @BeforeEach
    void start() {
        wire.server(node("n2"), LIMITS, (from, request, reply) -> reply.send(ABSENT));
    }

    @AfterEach
    void stop() {
        wire.close();
        serverLog.close();
        clientLog.close();
    }

    @Test
    void aWelcomeTellsWhoAnsweredAndInWhichVersion() throws IOException {
        try (RawPeer peer = connect()) {
            assertThat(peer.greet(RawPeer.hello("test", "n1", "n2")))
                    .isEqualTo(new Welcome(2, "test", "n2", LIMITS.frameBytesMax(), ""));
        }
    }

    @Test
    void whoDoesNotKnowTheClusterIsWelcomeToo() throws IOException {
        try (RawPeer peer = connect()) {
            assertThat(peer.greet(RawPeer.hello("", "client-1", "")).isRefusal())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "other, n1, n2, 1, 1, belongs to the cluster 'test'",
        "test, n1, n3, 1, 1, 'is n2, not n3'",
        "test, n2, n2, 1, 1, an id is used twice",
        "test, '', n2, 1, 1, must say who it is",
        "test, 'n 1', n2, 1, 1, must say who it is",
        "test, n1, n2, 3, 4, 'speaks protocol versions 1 to 2, not 3 to 4: upgrade the older side'",
        "test, n1, n2, 0, 0, 'speaks protocol versions 1 to 2, not 0 to 0: upgrade the older side'",
        "test, n1, n2, 2, 1, 'speaks protocol versions 1 to 2, not 2 to 1'"
    })
    void whoDoesNotBelongHereIsToldWhyAndTheLogToo(
            String cluster, String node, String expected, int versionMin, int versionMax, String reason)
            throws IOException {
        try (RawPeer peer = connect()) {
            Welcome welcome = peer.greet(new Hello(versionMin, versionMax, cluster, node, expected, 1_000_000));

            assertThat(welcome.isRefusal()).isTrue();
            assertThat(welcome.refusal()).contains(reason);
            assertThat(peer.isClosedByOther()).isTrue();
        }
        awaitLog(serverLog, reason);
    }

    @Test
    void aNewerPeerThatStillSpeaksThisVersionIsWelcome() throws IOException {
        try (RawPeer peer = connect()) {
            Welcome welcome = peer.greet(new Hello(1, 9, "test", "n1", "n2", 1_000_000));

            assertThat(welcome.version()).isEqualTo(Versions.SPOKEN.newest());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\u0000\u0000\u0000\u0009\u0001NOPE12345",
                "\u0000\u0000\u0000\u0001\u0001",
                "\u0000\u0000\u0000\u0009\u0003QRTE1234",
                "\u0000\u0000\u0000\u0006\u0001QRTE1",
                "\u0000\u0000\u0000\u0000"
            })
    void aStrangerIsHungUpOn(String said) throws IOException {
        try (RawPeer stranger = connect()) {
            stranger.raw(said.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(stranger.isClosedByOther()).isTrue();
        }
        awaitLog(serverLog, "not the Quorate protocol");
    }

    @Test
    void whoSaysNothingIsHungUpOn() throws IOException {
        wire.server(node("n3"), IMPATIENT, (from, request, reply) -> reply.send(ABSENT));
        try (RawPeer mute = RawPeer.connect(wire.ports.get("n3"))) {
            assertThat(mute.isClosedByOther()).isTrue();
        }
        awaitLog(serverLog, "no handshake within 50 ms");
    }

    @Test
    void moreConnectionsThanTheBoundAreHungUpOn() throws IOException {
        wire.server(node("n3"), IMPATIENT, (from, request, reply) -> reply.send(ABSENT));
        int port = wire.ports.get("n3");
        try (RawPeer first = RawPeer.welcomed(port);
                RawPeer second = RawPeer.welcomed(port);
                RawPeer third = RawPeer.connect(port)) {
            assertThat(third.isClosedByOther()).isTrue();
            first.request(1, LONG_MILLIS, 5, FETCH);
            assertThat(first.reply(1)).isEqualTo(ABSENT);
            awaitLog(serverLog, "more connections than 2");

            second.request(1, LONG_MILLIS, 5, FETCH);
            assertThat(second.reply(1)).isEqualTo(ABSENT);
        }
        // Whoever left makes room.
        boolean room = false;
        while (!room) {
            try (RawPeer next = RawPeer.connect(port)) {
                room = !next.greet(RawPeer.hello("test", "n4", "")).isRefusal();
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    @Test
    void aClientLearnsFromTheLogWhyItIsRefused() {
        WireFixture.Client stranger = wire.client(new Identity("other", "n1"), LIMITS);
        WireFixture.Calls calls = stranger.calls();

        assertThat(calls.send("n2", FETCH, LONG_MILLIS)).isTrue();
        assertThat(calls.take(1)).containsExactly(new Lost());
        awaitLog(clientLog, "cannot connect to n2: refused: this node belongs to the cluster 'test'");
        awaitLog(serverLog, "not 'other'");
        assertThat(stranger.connections()).isEmpty();
    }

    @Test
    void aClientThatReachesAnotherNodeIsRefused() {
        wire.ports.put("n3", wire.ports.get("n2"));
        WireFixture.Calls calls = wire.client(node("n1"), LIMITS).calls();

        assertThat(calls.send("n3", FETCH, LONG_MILLIS)).isTrue();
        assertThat(calls.take(1)).containsExactly(new Lost());
        awaitLog(clientLog, "cannot connect to n3: refused: this node is n2, not n3");
    }

    @ParameterizedTest
    @CsvSource({
        "3, test, n9, 'it speaks protocol version 3, this side 1 to 2'",
        "1, other, n9, it belongs to the cluster 'other'",
        "1, test, n8, it is n8",
    })
    void aClientChecksTheWelcomeToo(int version, String cluster, String node, String problem) throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            wire.ports.put("n9", other.getLocalPort());
            WireFixture.Calls calls = wire.client(node("n1"), LIMITS).calls();
            assertThat(calls.send("n9", FETCH, LONG_MILLIS)).isTrue();

            try (RawPeer answering = new RawPeer(other.accept())) {
                answering.welcome(new Welcome(version, cluster, node, 1_000_000, ""));
                assertThat(answering.isClosedByOther()).isTrue();
            }
            assertThat(calls.take(1)).containsExactly(new Lost());
        }
        awaitLog(clientLog, "cannot connect to n9: " + problem);
    }

    @Test
    void aClientGivesUpOnAServerThatSaysNothingOrNonsense() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            wire.ports.put("n9", other.getLocalPort());
            WireFixture.Calls calls = wire.client(node("n1"), IMPATIENT).calls();
            assertThat(calls.send("n9", FETCH, LONG_MILLIS)).isTrue();

            try (RawPeer mute = new RawPeer(other.accept())) {
                assertThat(calls.take(1)).containsExactly(new Lost());
                awaitLog(clientLog, "no handshake within 50 ms");
                mute.raw(new byte[0]);
            }
            try (RawPeer nonsense = new RawPeer(other.accept())) {
                nonsense.raw("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.ISO_8859_1));
                awaitLog(clientLog, "not the Quorate protocol");
            }
        }
    }

    private RawPeer connect() throws IOException {
        return RawPeer.connect(wire.ports.get("n2"));
    }

    /** Until a line says so; a test that waits for ever is ended by its socket's timeout or the build's. */
    private static void awaitLog(LogCapture log, String part) {
        assertThat(log.await(part))
                .as("%s in %s", part, List.copyOf(log.lines()))
                .isTrue();
    }
}
