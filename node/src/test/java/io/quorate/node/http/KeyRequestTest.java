package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyRequestTest {
    private static final TestNode NODE = TestNode.start();

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @BeforeEach
    void reset() {
        NODE.reset();
    }

    @Test
    void aValueIsAnsweredToTheLetter() throws IOException {
        put("/kv/users/alice", "{\"name\":\"Alice\", \"n\": 2.50}");
        Answer answer = NODE.send("GET", "/kv/users/alice");
        System.out.println(answer.text());
        assertThat(answer.status()).isEqualTo(200);
    }

    private static Answer put(String target, String body, String... headers) throws IOException {
        return NODE.send("PUT", target, body.getBytes(StandardCharsets.UTF_8), headers);
    }
}
