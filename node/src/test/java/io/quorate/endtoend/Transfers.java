package io.quorate.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What nodes have copied to each other so far, by their own count. A node forgets the count of a peer that has left: so it is looked at
 * again and again.
 */
final class Transfers {
    private final Supplier<Map<String, NodeApi>> nodes;
    private final Map<String, Long> keys = new TreeMap<>();
    private final Map<String, Long> bytes = new TreeMap<>();

    Transfers(Supplier<Map<String, NodeApi>> nodes) {
        this.nodes = nodes;
    }

    void look() {
        nodes.get().forEach((id, api) -> {
            // A newcomer may not answer yet.
            WriteLoad.send(api, "GET", "/antientropy", "").ifPresent(answer -> take(id, answer));
        });
    }

    private void take(String id, Answer answer) {
        for (JsonNode peer : answer.json().path("peers")) {
            String pair = id + " " + peer.path("peer").asText();
            keys.merge(pair, peer.path("keys_repaired").asLong(), Math::max);
            bytes.merge(pair, peer.path("bytes").asLong(), Math::max);
        }
    }

    /** States of keys that were sent from one node to another. */
    long keys() {
        return keys.values().stream().mapToLong(count -> count).sum();
    }

    @Override
    public String toString() {
        return keys.toString();
    }

    /** Of keys, hashes and states. */
    long bytes() {
        return bytes.values().stream().mapToLong(count -> count).sum();
    }
}
