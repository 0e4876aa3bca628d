package io.quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Inspection;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.time.HybridTime;
import io.quorate.core.version.Context;
import io.quorate.core.version.ContextCodec;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** {@code /inspect}, to the letter of the contract. */
class InspectTest {
    private static final TestNode NODE = TestNode.start();
    private static final Key KEY = Key.of("b", "k/\u00e9");
    private static final long COUNTER = HybridTime.ofMillis(FakeCoordinator.MILLIS);

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @Test
    void replicasThatAgree() throws IOException {
        Siblings value = Siblings.EMPTY.stamp(Context.EMPTY, write(1, "1"), 3);
        inspect(List.of(), new Inspection.Replica("n2", true, 0xABCL, Optional.of(value), Optional.empty()));

        Answer answer = NODE.send("GET", "/inspect/b/k%2F%C3%A9?timeout=500ms");

        assertThat(NODE.coordinator.lastTimeoutMillis).isEqualTo(500);
        assertThat(answer.text())
                .isEqualTo("{\"bucket\":\"b\",\"key\":\"k/\u00e9\",\"partition\":5,\"preference\":[\"n2\",\"n1\"],"
                        + "\"agree\":true,\"replicas\":[{\"node\":\"n2\",\"role\":\"primary\",\"state\":\"value\",\"n\":3,"
                        + "\"digest\":\"0000000000000abc\",\"context\":\"" + ContextCodec.toToken(value.context(), KEY)
                        + "\",\"versions\":[{\"dot\":\"" + dot(1) + "\",\"time\":\"2026-01-31T12:00:00.120Z\"}]}]}");
    }

    @Test
    void everyStateThatAReplicaMayBeIn() throws IOException {
        Siblings value = Siblings.EMPTY.stamp(Context.EMPTY, write(1, "1"), 3);
        Siblings siblings = value.stamp(Context.EMPTY, write(2, "2"), 3);
        Siblings twice =
                value.stamp(Context.EMPTY, new Sibling(dot(3), new RequestId(0, 1), Optional.of(Bytes.utf8("1"))), 3);
        Siblings deleted = value.stamp(value.context(), write(4, null), 3);
        Siblings half = value.stamp(Context.EMPTY, write(5, null), 3);
        inspect(
                List.of("n7 cannot be reached"),
                new Inspection.Replica("n1", true, 1, Optional.of(value), Optional.empty()),
                new Inspection.Replica("n2", true, 2, Optional.of(siblings), Optional.empty()),
                new Inspection.Replica("n3", true, 3, Optional.of(twice), Optional.empty()),
                new Inspection.Replica("n4", false, -1, Optional.of(deleted), Optional.empty()),
                new Inspection.Replica("n5", false, 5, Optional.of(half), Optional.empty()),
                new Inspection.Replica("n6", false, 0, Optional.empty(), Optional.empty()),
                new Inspection.Replica("n7", false, 0, Optional.empty(), Optional.of("timeout")));

        JsonObject answer = NODE.send("GET", "/inspect/b/k").json();
        List<JsonObject> replicas = answer.getJsonArray("replicas").stream()
                .map(JsonObject.class::cast)
                .toList();

        assertThat(answer.getBoolean("agree")).isFalse();
        assertThat(replicas)
                .extracting(replica -> replica.getString("state"))
                .containsExactly("value", "siblings", "value", "tombstone", "siblings", "absent", "unreachable");
        assertThat(replicas)
                .extracting(replica -> replica.getString("role"))
                .containsExactly("primary", "primary", "primary", "fallback", "fallback", "fallback", "fallback");
        assertThat(replicas.get(3).getString("digest")).isEqualTo("ffffffffffffffff");
        assertThat(replicas.get(3).getJsonArray("versions").getJsonObject(0).getBoolean("deleted"))
                .isTrue();
        assertThat(replicas.get(4).getJsonArray("versions")).hasSize(2);
        assertThat(replicas.get(5).getJsonArray("versions")).isEmpty();
        assertThat(replicas.get(6).getString("reason")).isEqualTo("timeout");
        assertThat(replicas.get(6).containsKey("digest")).isFalse();
        assertThat(answer.getJsonArray("tombstone_blocked_by")).containsExactly("n7 cannot be reached");
    }

    private static void inspect(List<String> reapingBlocked, Inspection.Replica... replicas) {
        NODE.coordinator.inspection =
                Optional.of(new Inspection(5, List.of("n2", "n1"), List.of(replicas), reapingBlocked));
    }

    private static Sibling write(int number, String value) {
        return new Sibling(
                dot(number),
                new RequestId(0, number),
                Optional.ofNullable(value).map(Bytes::utf8));
    }

    private static Dot dot(int number) {
        return new Dot(FakeCoordinator.ACTOR, COUNTER + number);
    }
}
