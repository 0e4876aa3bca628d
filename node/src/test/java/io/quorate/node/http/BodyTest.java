package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.core.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies in pieces, too long, unwanted and cut short, and the connection after each of them. */
class BodyTest {
    private static final int MAX = 1 << 20;
    private static final int DISCARD = 3 * MAX;
    private static final HttpLimits LIMITS = new HttpLimits(MAX, 1_024, 100, 8 * MAX, 100, DISCARD, 75_000);
    private static final TestNode NODE = new TestNode(LIMITS);
    private static final String KEY = "/kv/b/k";

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @BeforeEach
    void reset() {
        NODE.reset();
    }

    @Test
    void theLongestValueIsStoredAndReadBack() throws IOException {
        byte[] value = text(MAX);

        assertThat(NODE.send("PUT", KEY, value).status()).isEqualTo(200);
        assertThat(NODE.coordinator.lastValue).contains(Bytes.wrap(value));
        assertThat(NODE.send("GET", KEY).body().length()).isGreaterThan(MAX);
    }

    @Test
    void aValueThatIsTooLongIsRefusedAndTheConnectionLivesOn() throws IOException {
        try (RawConnection connection = NODE.connect()) {
            connection.send("PUT", KEY, text(MAX + 1));
            Answer refused = connection.receive("PUT");

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.code()).isEqualTo("value_too_large");
            assertStillWorks(connection);
        }
        assertThat(NODE.coordinator.writes).hasValue(1);
    }

    @Test
    void theRefusalDoesNotWaitForTheBody() throws IOException {
        try (RawConnection connection = NODE.connect()) {
            connection.sendHead("PUT", KEY, "Content-Length: " + (MAX + 1));

            assertThat(connection.receive("PUT").status()).isEqualTo(413);
            connection.sendBytes(text(MAX + 1));
            assertStillWorks(connection);
        }
    }

    @Test
    void nobodyMaySendForEver() throws IOException {
        try (RawConnection connection = NODE.connect()) {
            connection.sendHead("PUT", KEY, "Content-Length: " + Integer.MAX_VALUE);

            Answer refused = connection.receive("PUT");

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.headers()).containsEntry("connection", "close");
            assertThat(sendUntilClosed(connection, 20 * DISCARD)).isLessThan(20 * DISCARD);
        }
    }

    @Test
    void aChunkedValueIsGathered() throws IOException {
        try (RawConnection connection = NODE.connect()) {
            connection.sendHead("PUT", KEY, "Transfer-Encoding: chunked");
            for (String chunk : new String[] {"[1", ",2", ".50", " ]"}) {
                sendChunk(connection, chunk.getBytes(StandardCharsets.UTF_8));
            }
            sendChunk(connection, new byte[0]);

            assertThat(connection.receive("PUT").status()).isEqualTo(200);
            assertThat(NODE.coordinator.lastValue).contains(Bytes.utf8("[1,2.50 ]"));
            assertStillWorks(connection);
        }
    }

    @Test
    void aChunkedValueThatIsTooLongIsCutOff() throws IOException {
        try (RawConnection connection = NODE.connect()) {
            connection.sendHead("PUT", KEY, "Transfer-Encoding: chunked");
            sendChunk(connection, text(MAX));
            sendChunk(connection, new byte[] {' '});

            Answer refused = connection.receive("PUT");

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.code()).isEqualTo("value_too_large");
            sendChunk(connection, text(MAX));
            sendChunk(connection, new byte[0]);
            assertStillWorks(connection);
        }
    }

    @Test
    void aChunkedValueWithoutAnEndClosesTheConnection() throws IOException {
        try (RawConnection connection = NODE.connect()) {
            connection.sendHead("PUT", KEY, "Transfer-Encoding: chunked");
            sendChunk(connection, text(MAX));
            sendChunk(connection, new byte[] {' '});
            assertThat(connection.receive("PUT").status()).isEqualTo(413);

            connection.sendBytes("7fffffff\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(sendUntilClosed(connection, 20 * DISCARD)).isLessThan(20 * DISCARD);
        }
    }

    @Test
    void aBodyThatNobodyWantsDoesNotBecomeTheNextRequest() throws IOException {
        byte[] smuggled = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        try (RawConnection connection = NODE.connect()) {
            for (String method : new String[] {"GET", "DELETE", "PATCH", "POST"}) {
                connection.send(method, KEY, smuggled);
                assertThat(connection.receive(method).status()).isIn(400, 404, 200, 501, 405);
            }
            connection.send("PUT", "/kv/b/?", smuggled);
            assertThat(connection.receive("PUT").code()).isEqualTo("invalid_key");
            assertStillWorks(connection);
        }
    }

    @Test
    void requestsSentAheadAreAnsweredInOrder() throws IOException {
        try (RawConnection connection = NODE.connect()) {
            connection.send("PUT", "/kv/b/1", text(MAX + 1));
            connection.send("PUT", "/kv/b/2", "nonsense".getBytes(StandardCharsets.UTF_8));
            connection.send("PUT", "/kv/b/3", text(10));
            connection.send("GET", "/kv/b/3", new byte[0]);

            assertThat(connection.receive("PUT").status()).isEqualTo(413);
            assertThat(connection.receive("PUT").code()).isEqualTo("invalid_json");
            assertThat(connection.receive("PUT").json().getString("key")).isEqualTo("3");
            assertThat(connection.receive("GET").json().getString("value")).isEqualTo("xxxxxxxx");
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws IOException {
        try (RawConnection connection = NODE.connect()) {
            connection.sendHead("PUT", KEY, "Content-Length: 10", "Expect: 100-continue");
            assertThat(connection.receive("PUT").status()).isEqualTo(100);

            connection.sendBytes(text(10));
            assertThat(connection.receive("PUT").status()).isEqualTo(200);
            assertStillWorks(connection);
        }
    }

    @Test
    void aClientThatAsksFirstIsToldNotTo() throws IOException {
        try (RawConnection connection = NODE.connect()) {
            connection.sendHead("PUT", KEY, "Content-Length: " + (MAX + 1), "Expect: 100-continue");
            Answer refused = connection.receive("PUT");

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.headers()).containsEntry("connection", "close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aClientThatIsGoneHalfWayLeavesNothingBehind() throws Exception {
        try (RawConnection connection = NODE.connect()) {
            connection.sendHead("PUT", KEY, "Content-Length: 100");
            connection.sendBytes(text(50));
            awaitInFlight(1);
        }
        awaitInFlight(0);
        assertThat(NODE.coordinator.writes).hasValue(0);
    }

    @Test
    void anOrdinaryClientSeesTheRefusalOfALongValue() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + NODE.port() + KEY);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(text(2 * MAX)))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("value_too_large");
    }

    private static void awaitInFlight(int requests) {
        await().until(() -> NODE.requestsInFlight() == requests);
    }

    private static void assertStillWorks(RawConnection connection) throws IOException {
        connection.send("PUT", "/kv/b/after", text(10));
        assertThat(connection.receive("PUT").status()).isEqualTo(200);
        connection.send("GET", "/kv/b/after", new byte[0]);
        assertThat(connection.receive("GET").status()).isIn(200, 300);
    }

    private static int sendUntilClosed(RawConnection connection, int bytesMax) {
        byte[] piece = text(64 * 1024);
        int sent = 0;
        try {
            while (sent < bytesMax) {
                connection.sendBytes(piece);
                sent += piece.length;
            }
        } catch (IOException closed) {
            return sent;
        }
        return sent;
    }

    private static void sendChunk(RawConnection connection, byte[] chunk) throws IOException {
        connection.sendBytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
        connection.sendBytes(chunk);
        connection.sendBytes(new byte[] {'\r', '\n'});
    }

    /** A JSON string of so many bytes. */
    private static byte[] text(int length) {
        return ("\"" + "x".repeat(length - 2) + "\"").getBytes(StandardCharsets.UTF_8);
    }
}
