package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Reads, writes and deletes of many keys of bucket {@code b} in a cluster of three. */
final class KeyLoad {
    private static final String BUCKET = "b";

    private final LocalCluster cluster;

    KeyLoad(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /** Writes a value to each key over what is there, through n1. */
    void put(List<String> keys, String value, String how) {
        InFlight.forEach(
                keys,
                key -> cluster.api("n1")
                        .sendAsync("GET", NodeApi.path(BUCKET, key), "")
                        .thenCompose(read -> cluster.api("n1")
                                .sendAsync("PUT", NodeApi.path(BUCKET, key) + "?timeout=30s" + how + seen(read), value))
                        .thenAccept(KeyLoad::assertDone));
    }

    /** Deletes each key, through n3. */
    void delete(List<String> keys, String how) {
        InFlight.forEach(
                keys,
                key -> cluster.api("n1")
                        .sendAsync("GET", NodeApi.path(BUCKET, key), "")
                        .thenCompose(read -> cluster.api("n3")
                                .sendAsync("DELETE", NodeApi.path(BUCKET, key) + "?timeout=30s" + how + seen(read), ""))
                        .thenAccept(KeyLoad::assertDone));
    }

    /** The value of each key as read at a node; the answer itself where there is none. */
    List<String> values(String node, List<String> keys, String how) {
        return InFlight.map(
                keys,
                key -> cluster.api(node)
                        .sendAsync("GET", NodeApi.path(BUCKET, key) + "?timeout=30s" + how, "")
                        .thenApply(answer -> answer.status() == 200 ? answer.raw("value") : answer.toString()));
    }

    /** The state of each key on each node, and whether they agree: {@code value value absent false}. */
    List<String> states(List<String> keys) {
        return InFlight.map(
                keys,
                key -> cluster.api("n1")
                        .sendAsync("GET", NodeApi.inspectPath(BUCKET, key) + "?timeout=30s", "")
                        .thenApply(KeyLoad::states));
    }

    private static String states(Answer answer) {
        StringBuilder states = new StringBuilder();
        for (JsonNode replica : answer.json().path("replicas")) {
            states.append(replica.path("state").asText()).append(' ');
        }
        return states.append(answer.json().path("agree").asBoolean()).toString();
    }

    private static String seen(Answer read) {
        return read.status() == 200 ? "&context=" + read.context() : "";
    }

    private static void assertDone(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }
}
