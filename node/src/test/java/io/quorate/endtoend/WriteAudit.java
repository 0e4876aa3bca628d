package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.endtoend.WriteHistory.Acknowledged;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Compares a history with what the nodes hold. */
final class WriteAudit {
    private final WriteHistory history;
    private final Set<String> audited = new HashSet<>();

    WriteAudit(WriteHistory history) {
        this.history = history;
    }

    /**
     * Checks the keys written since the last time: first that each node still has what it acknowledged, because reading repairs;
     * then that a quorum read finds every acknowledged write.
     */
    void checkNewKeys(NodeApi api) {
        Set<String> keys = new HashSet<>(history.keys());
        keys.removeAll(audited);
        InFlight.forEach(keys, key -> checkHolders(api, key));
        InFlight.forEach(keys, key -> checkFound(api, key));
        keys.removeIf(key -> !key.startsWith(WritingClient.UNIQUE));
        audited.addAll(keys);
    }

    /** Checks all that was ever acknowledged. */
    void checkAll(NodeApi api) {
        InFlight.forEach(history.keys(), key -> checkFound(api, key));
    }

    /** Of keys that were written once: what came after another write cannot be told from what is gone. */
    private CompletableFuture<?> checkHolders(NodeApi api, String key) {
        List<Acknowledged> acknowledged = history.acknowledged(key);
        if (!key.startsWith(WritingClient.UNIQUE) || acknowledged.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        return api.sendAsync("GET", NodeApi.inspectPath(WritingClient.BUCKET, key) + "?timeout=30s", "")
                .thenAccept(answer -> assertHeld(key, acknowledged.get(0), answer));
    }

    private static void assertHeld(String key, Acknowledged write, Answer answer) {
        for (JsonNode replica : answer.json().path("replicas")) {
            if (write.nodes().contains(replica.path("node").asText())) {
                assertThat(replica.path("versions").findValuesAsText("dot"))
                        .as(key + ", acknowledged as " + write + ": " + answer)
                        .contains(write.dot());
            }
        }
    }

    private CompletableFuture<?> checkFound(NodeApi api, String key) {
        return api.sendAsync("GET", NodeApi.path(WritingClient.BUCKET, key) + "?r=2&sloppy=false&timeout=30s", "")
                .thenAccept(answer -> assertThat(history.lost(key, WritingClient.values(answer)))
                        .as("acknowledged, but neither in nor superseded by " + key + " = " + answer)
                        .isEmpty());
    }
}
