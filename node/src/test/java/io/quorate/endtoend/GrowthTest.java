package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that began too small makes up for it when it has grown. */
class GrowthTest {
    private static final int KEYS = 50;

    @TempDir
    private Path folder;

    @Test
    void whatOneNodeTookAloneHasAllItsCopiesOnceThereAreThree() {
        try (LocalCluster cluster = LocalCluster.start(folder, 1)) {
            for (int i = 0; i < KEYS; i++) {
                Answer written = cluster.api("n1").put(NodeApi.path("b", "k" + i), "" + i);
                assertThat(written.json().path("quorum").path("n").asInt()).isEqualTo(1);
            }
            assertThat(cluster.api("n1").get(NodeApi.path("b", "k0")).json().has("overlap"))
                    .as("one of one is all there is")
                    .isFalse();
            cluster.awaitMember(cluster.add());
            cluster.awaitMember(cluster.add());
            cluster.awaitInSync();

            for (int i = 0; i < KEYS; i++) {
                JsonNode found =
                        cluster.api("n3").get(NodeApi.inspectPath("b", "k" + i)).json();
                assertThat(found.path("agree").asBoolean()).as(found.toString()).isTrue();
                assertThat(found.path("replicas").findValuesAsText("state"))
                        .as(found.toString())
                        .containsExactly("value", "value", "value");
            }
        }
    }
}
