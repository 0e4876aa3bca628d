package io.quorate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuorateTest {
    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster(2);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aValueComesBackAsItWasWritten() {
        FakeCluster.Ran put = cluster.run("put", "users", "PT/Évora \"x\"", "{\"b\": 2.50,  \"a\":[1 ]}");
        assertThat(put.status()).isZero();
        assertThat(cluster.run("get", "users", "PT/Évora \"x\""))
                .isEqualTo(new FakeCluster.Ran(0, "{\"b\": 2.50,  \"a\":[1 ]}\n", ""));
    }

    @Test
    void aValueCanComeFromStandardInput() {
        assertThat(cluster.runWith("[1,\n2]", "put", "b", "k", "-").status()).isZero();
        assertThat(cluster.store().values("b")).containsEntry("k", "[1,\n2]");
    }

    @Test
    void aWriteTellsWhoHoldsItAndItsContext() {
        assertThat(cluster.run("put", "b", "k", "1").out()).isEqualTo("written to n1, n4 (for n2); context d1\n");
    }

    @Test
    void aConflictIsShownAndResolvedWithItsContext() {
        cluster.run("put", "b", "k", "1");
        assertThat(cluster.run("put", "b", "k", "2.0").err()).startsWith("other versions remain");
        FakeCluster.Ran conflict = cluster.run("get", "b", "k");
        assertThat(conflict.status()).isZero();
        assertThat(conflict.out()).isEqualTo("1\n2.0\n");
        assertThat(conflict.err()).contains("2 concurrent versions").contains("--context d1_d2");
        cluster.run("put", "b", "k", "3", "--context", "d1_d2");
        assertThat(cluster.run("get", "b", "k").out()).isEqualTo("3\n");
    }

    @Test
    void aDeletedKeyIsNotFound() {
        cluster.run("put", "b", "k", "1");
        assertThat(cluster.run("delete", "b", "k", "--context", "d1").status()).isZero();
        assertThat(cluster.run("get", "b", "k"))
                .isEqualTo(new FakeCluster.Ran(1, "", "quorate: not_found: no value\n"));
    }

    @Test
    void aConditionThatDoesNotHoldIsRefused() {
        cluster.run("put", "b", "k", "1");
        assertThat(cluster.run("put", "b", "k", "2", "--if-none-match").status())
                .isEqualTo(1);
        assertThat(cluster.store().values("b")).containsEntry("k", "1");
    }

    @Test
    void aQuorumThatIsNotReachedHasAStatusOfItsOwn() {
        cluster.node(0).refuse(1, 503);
        assertThat(cluster.run("put", "b", "k", "1"))
                .isEqualTo(new FakeCluster.Ran(3, "", "quorate: quorum_not_reached: 1 of 2 nodes answered\n"));
    }

    @Test
    void anUnreachableNodeIsOneSentence() {
        cluster.node(0).close();
        String sentence = "quorate: cannot reach " + cluster.node(0).endpoint() + ": connection refused\n";
        assertThat(cluster.run("get", "b", "k")).isEqualTo(new FakeCluster.Ran(3, "", sentence));
    }

    @Test
    void theNextEndpointIsAskedWhenOneIsDown() {
        cluster.node(0).close();
        String endpoints =
                cluster.node(0).endpoint() + ",http://" + cluster.node(1).endpoint() + "/";
        assertThat(FakeCluster.execute("", "put", "b", "k", "1", "--endpoint", endpoints)
                        .status())
                .isZero();
    }

    @Test
    void programsGetTheAnswerItself() {
        cluster.run("put", "b", "k", "1");
        assertThat(cluster.run("get", "b", "k", "--json").out())
                .isEqualTo("{\"key\":\"k\",\"value\":1 ,\"context\":\"d1\"}\n");
        FakeCluster.Ran absent = cluster.run("get", "b", "other", "--json");
        assertThat(absent.status()).isEqualTo(1);
        assertThat(absent.out()).startsWith("{\"error\":{\"code\":\"not_found\"");
    }

    @Test
    void wrongUsageIsOneSentence() {
        FakeCluster.Ran incomplete = cluster.run("get", "b");
        assertThat(incomplete.status()).isEqualTo(2);
        assertThat(incomplete.err().lines()).hasSize(1);
        assertThat(FakeCluster.execute("", "get", "b", "k", "--endpoint", "https://x")
                        .err())
                .contains("an endpoint is host:port");
        assertThat(FakeCluster.execute("").status()).isEqualTo(2);
        assertThat(cluster.run("antientropy", "stop").status()).isEqualTo(2);
    }

    @Test
    void theClusterIsShownAsTables() {
        assertThat(cluster.run("status").out())
                .contains("cluster  fake")
                .containsPattern("id  address      http +zone +state")
                .containsPattern("n2  127.0.0.1:9  " + cluster.node(1).endpoint() + " +default +active");
        assertThat(cluster.run("members").out().lines()).hasSize(3);
        assertThat(cluster.run("ring").out()).isEqualTo("epoch  1\npartitions\n  0  n1 n2\n");
        assertThat(cluster.run("inspect", "b", "k").out())
                .contains("agree   true")
                .contains("n1    value  -");
        assertThat(cluster.run("antientropy").out()).isEqualTo("running  false\n");
        assertThat(cluster.run("antientropy", "run").out()).isEqualTo("running  true\n");
    }
}
