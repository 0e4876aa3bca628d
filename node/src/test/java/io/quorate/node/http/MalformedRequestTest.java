package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are not HTTP, or more of it than there may be. */
class MalformedRequestTest {
    private static final TestNode NODE = TestNode.start();

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /kv/b/k HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n1",
                "PUT /kv/b/k HTTP/1.1\r\nContent-Length: x\r\n\r\n1",
                "PUT /kv/b/k HTTP/1.1\r\nContent-Length: -1\r\n\r\n1",
                "PUT /kv/b/k HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n1",
                "GET /kv/b/k HTTP/1.1\r\nno colon\r\n\r\n"
            })
    void whatIsNotHttpIsRefusedAndTheConnectionClosed(String bytes) throws IOException {
        try (RawConnection connection = NODE.connect()) {
            connection.sendBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
            Answer answer = connection.receive("GET");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("invalid_parameter");
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(NODE.coordinator.writes).hasValue(0);
    }

    @Test
    void aTargetHasALimit() throws IOException {
        Answer answer = NODE.send("GET", "/kv/b/" + "x".repeat(100_000));

        assertThat(answer.status()).isEqualTo(414);
        assertThat(answer.code()).isEqualTo("key_too_long");
    }

    @Test
    void headersHaveALimit() throws IOException {
        Answer answer = NODE.send("GET", "/kv/b/k", "X: " + "x".repeat(100_000));

        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.code()).isEqualTo("headers_too_long");
    }

    @Test
    void theLongestKeyAndContextFit() throws IOException {
        String context = "A".repeat(16 * 1024);
        String target = "/kv/b/" + "%41".repeat(1_024) + "?context=" + context;
        Answer answer = NODE.send(
                "PUT", target, new byte[] {'1'}, "Quorate-Context: " + context, "If-Match: \"" + context + "\"");

        assertThat(answer.code()).isEqualTo("invalid_context");
    }

    @Test
    void anUpgradeThatIsNotOfferedIsIgnored() throws IOException {
        Answer answer = NODE.send(
                "GET",
                "/health/live",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABk");

        assertThat(answer.status()).isEqualTo(200);
    }
}
