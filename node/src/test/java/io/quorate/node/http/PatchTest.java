package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.datatype.FieldPath;
import io.quorate.core.datatype.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a patch says, and what is no patch. */
final class PatchTest {
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
    void theAnswerShowsTheValueAndItsType() throws IOException {
        Answer answer = patch("{\"increment\":2}", "Idempotency-Key: once");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .startsWith("{\"bucket\":\"b\",\"key\":\"k\",\"value\":7,\"type\":\"counter\",\"context\":");
        assertThat(answer.context()).isEqualTo(answer.json().getString("context"));
        assertThat(NODE.coordinator.lastWrite.idempotencyKey()).contains("once");
        assertThat(NODE.coordinator.lastOperations).containsExactly(new Operation.Increment(2));
    }

    @Test
    void operationsAreReadInTheirOrder() throws IOException {
        patch("[{\"decrement\":1e2},{\"increment\":3}]");
        assertThat(NODE.coordinator.lastOperations)
                .containsExactly(new Operation.Increment(-100), new Operation.Increment(3));

        patch("{\"add\":[\"a\",1.0],\"remove\":[{\"b\":1, \"a\":2}]}");
        assertThat(NODE.coordinator.lastOperations)
                .containsExactly(new Operation.Change(
                        List.of(Bytes.utf8("{\"a\":2,\"b\":1}")), List.of(Bytes.utf8("\"a\""), Bytes.utf8("1"))));
    }

    @Test
    void aMergePatchIsToldFieldByField() throws IOException {
        String body = "{\"name\":\"Al\",\"home\":{\"city\":null,\"tags\":[1, 2]}}";
        FieldPath home = new FieldPath(List.of("\"home\""));
        Operation expected = new Operation.MergePatch(List.of(
                new Operation.Assignment(home, Optional.of(Bytes.utf8("{}"))),
                new Operation.Assignment(home.child("\"city\""), Optional.empty()),
                new Operation.Assignment(home.child("\"tags\""), Optional.of(Bytes.utf8("[1, 2]"))),
                new Operation.Assignment(new FieldPath(List.of("\"name\"")), Optional.of(Bytes.utf8("\"Al\"")))));

        patch("{\"merge\":" + body + "}");
        assertThat(NODE.coordinator.lastOperations).containsExactly(expected);
        patch(body, "Content-Type: application/merge-patch+json");
        assertThat(NODE.coordinator.lastOperations).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "1",
                "{\"increment\":1.5}",
                "{\"increment\":\"1\"}",
                "{\"increment\":1e300}",
                "{\"grow\":1}",
                "{\"increment\":1,\"add\":[1]}",
                "{\"add\":1}",
                "{\"merge\":[1]}",
                "{\"insert\":{\"values\":[]}}",
                "{\"insert\":{\"after\":\"x\",\"values\":[1]}}",
                "{\"insert\":{\"after\":null,\"before\":null,\"values\":[1]}}",
                "{\"insert\":{\"behind\":null,\"values\":[1]}}",
                "{\"delete\":[1]}"
            })
    void whatIsNoPatchIsRefused(String body) throws IOException {
        Answer answer = patch(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_operation");
        assertThat(NODE.coordinator.lastOperations).isEmpty();
    }

    @Test
    void theOtherRefusals() throws IOException {
        assertThat(patch("{").code()).isEqualTo("invalid_json");
        assertThat(patch("{\"increment\":1}", "If-None-Match: *").code()).isEqualTo("invalid_parameter");
        assertThat(NODE.send("PATCH", "/kv/b/k?ttl=3", new byte[] {'1'}).code()).isEqualTo("invalid_parameter");
    }

    private static Answer patch(String body, String... headers) throws IOException {
        return NODE.send("PATCH", "/kv/b/k", body.getBytes(StandardCharsets.UTF_8), headers);
    }
}
