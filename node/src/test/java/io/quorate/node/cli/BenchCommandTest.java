package io.quorate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster(2);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"a,true,true,false", "c,true,false,false", "f,true,true,true", "w,false,true,false"})
    void aWorkloadIsDoneWithoutErrorsOrSiblings(String workload, boolean reads, boolean writes, boolean changes)
            throws IOException {
        JsonNode report = bench("--workload", workload);
        assertThat(report.path("requestsPerSecond").asDouble()).isPositive();
        assertThat(report.has("read")).isEqualTo(reads);
        assertThat(report.has("write")).isEqualTo(writes);
        assertThat(report.has("change")).isEqualTo(changes);
        assertThat(report.path("errors")).isEmpty();
        assertThat(report.path("siblings").asInt(-1)).isZero();
        assertThat(report.path("unsent").asInt(-1)).isZero();
        assertThat(cluster.store().values("bench")).hasSize(200);
    }

    @Test
    void keysThatAreThereAreNotWrittenAgain() throws IOException {
        bench("--workload", "c");
        Map<String, String> before = Map.copyOf(cluster.store().values("bench"));
        JsonNode reads = bench("--workload", "c", "--loaded");
        assertThat(reads.path("errors")).isEmpty();
        assertThat(cluster.store().values("bench")).isEqualTo(before);
        // A writer does not know what is there before it has read it.
        JsonNode writes = bench("--workload", "w", "--loaded");
        assertThat(writes.path("looks").asLong()).isPositive();
        assertThat(writes.path("siblings").asInt(-1)).isZero();
    }

    @Test
    void keysThatAreNotThereAreErrors() {
        FakeCluster.Ran ran = execute("--workload", "c", "--loaded", "--seconds", "1", "--warmup-seconds", "0");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.out()).contains("404 not_found");
    }

    @Test
    void whatTheNodesSpendIsCounted() throws IOException {
        JsonNode report = bench("--workload", "b", "--distribution", "uniform");
        assertThat(report.path("nodes")).hasSize(2);
        // Each fake node claims 10 µs and 3 KiB for each request, and half of them go to each.
        assertThat(report.path("cpuMicrosPerRequest").asDouble()).isCloseTo(10, within(2.0));
        assertThat(report.path("allocatedBytesPerRequest").asDouble()).isCloseTo(3072, within(600.0));
        assertThat(report.path("nodes").path(0).path("residentBytes").asDouble())
                .isEqualTo(1.048576e8);
        assertThat(report.path("generatorCpuMicrosPerRequest").asDouble()).isPositive();
    }

    @Test
    void aRateIsKept() throws IOException {
        JsonNode report = bench("--rate", "300");
        assertThat(report.path("requestsPerSecond").asDouble()).isCloseTo(300, within(10.0));
        assertThat(report.path("unsent").asInt(-1)).isZero();
    }

    @Test
    void whatWasDueAndHadToWaitIsLate() throws IOException {
        JsonNode report = bench("--workload", "c", "--rate", "1000000", "--connections", "1");
        assertThat(report.path("unsent").asLong()).isPositive();
        // In a closed loop each would take well under a millisecond.
        assertThat(report.path("read").path("p50Micros").asLong()).isGreaterThan(100_000);
    }

    @Test
    void writersThatRaceMakeSiblings() throws IOException {
        JsonNode report = bench("--workload", "w", "--keys", "1", "--contended");
        assertThat(report.path("siblings").asLong()).isPositive();
    }

    @Test
    void theMostValuesAtOnceAreCounted() throws IOException {
        JsonNode report = bench("--workload", "f", "--keys", "1", "--contended");
        // Of eight that read and write over what they read, at most so many race.
        assertThat(report.path("siblingsMax").asInt()).isBetween(2, 8);
        assertThat(bench("--workload", "f").path("siblingsMax").asInt(-1)).isZero();
    }

    @Test
    void aNodeThatDiesDoesNotEndTheMeasurement() throws IOException {
        cluster.node(1).dieAfter(600);
        JsonNode report = bench("--threads", "2");
        assertThat(report.path("requestsPerSecond").asDouble()).isPositive();
        assertThat(report.path("nodes").path(1).path("cpuMicrosPerRequest").isNull())
                .isTrue();
        assertThat(report.path("cpuMicrosPerRequest").isNull()).isTrue();
    }

    @Test
    void keysThatCannotBeWrittenEndIt() {
        cluster.node(0).refuse(1_000_000, 503);
        cluster.node(1).refuse(1_000_000, 503);
        FakeCluster.Ran ran = execute("--seconds", "1");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.err()).contains("the keys could not be written: {503 quorum_not_reached=");
    }

    @Test
    void peopleGetATable() {
        FakeCluster.Ran ran = execute("--seconds", "1", "--warmup-seconds", "0", "--keys", "200", "--connections", "8");
        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .contains("workload a: half reads, half writes")
                .contains("no errors")
                .containsPattern("n2 +[0-9.]+ +[0-9.-]+ +[0-9.]+ +100\n")
                .containsPattern("all nodes +[0-9.]+");
    }

    @ParameterizedTest
    @CsvSource({
        "--workload,x",
        "--keys,3",
        "--keys,100000000",
        "--value-bytes,31",
        "--threads,0",
        "--seconds,0",
        "--rate,-1",
        "--distribution,gauss"
    })
    void wrongUsageIsOneSentence(String option, String value) {
        FakeCluster.Ran ran = execute(option, value);
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1).first().asString().contains(option);
    }

    private JsonNode bench(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--json", "--seconds", "1", "--warmup-seconds", "0"));
        for (String standard : List.of("--keys=200", "--connections=8")) {
            String name = standard.substring(0, standard.indexOf('='));
            if (!List.of(options).contains(name)) {
                all.add(standard);
            }
        }
        all.addAll(List.of(options));
        FakeCluster.Ran ran = execute(all.toArray(String[]::new));
        assertThat(ran.status()).as(ran.err()).isZero();
        return JSON.readTree(ran.out());
    }

    private FakeCluster.Ran execute(String... options) {
        List<String> all = new ArrayList<>(List.of("bench", "--endpoint"));
        all.add(cluster.endpoints().stream().map(Object::toString).collect(Collectors.joining(",")));
        all.addAll(List.of(options));
        return FakeCluster.execute("", all.toArray(String[]::new));
    }
}
