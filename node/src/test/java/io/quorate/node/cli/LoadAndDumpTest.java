package io.quorate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadAndDumpTest {
    private static final int RECORDS = 500;

    @TempDir
    Path folder;

    private FakeCluster cluster;
    private final Map<String, String> expected = new TreeMap<>();

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster(3);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void everyLineIsStoredAsItStandsThere() throws IOException {
        Path file = file(
                "{\"key\": \"PT/Évora\", \"value\" : {\"b\": 2.50, \"a\":[1 ]} }\r\n\n{\"value\":\"x\",\"key\":\"\\\"\"}");
        assertThat(load(file)).isEqualTo(new FakeCluster.Ran(0, "2 stored, 0 failed\n", ""));
        assertThat(cluster.store().values("b"))
                .isEqualTo(Map.of("PT/Évora", "{\"b\": 2.50, \"a\":[1 ]}", "\"", "\"x\""));
        assertThat(progressFile(file)).doesNotExist();
    }

    @Test
    void aCompressedFileIsRecognised() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(records().getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("data.jsonl.gz"), bytes.toByteArray());
        assertThat(load(file).out()).isEqualTo(RECORDS + " stored, 0 failed\n");
        assertThat(cluster.store().values("b")).isEqualTo(expected);
    }

    @Test
    void aNodeThatDiesCostsNoRecord() throws IOException {
        Path file = file(records());
        cluster.node(1).dieAfter(40);
        assertThat(load(file).out()).isEqualTo(RECORDS + " stored, 0 failed\n");
        assertThat(cluster.store().values("b")).isEqualTo(expected);
        assertThat(cluster.store().writes())
                .as("what was sent twice is written once")
                .isEqualTo(RECORDS);
    }

    @Test
    void whatAnOverloadedNodeRefusesIsSentAgain() throws IOException {
        Path file = file(records());
        cluster.node(0).refuse(20, 429);
        cluster.node(2).refuse(20, 503);
        assertThat(load(file).status()).isZero();
        assertThat(cluster.store().values("b")).isEqualTo(expected);
    }

    @Test
    void aFileCanBeLoadedAgain() throws IOException {
        Path file = file(records());
        load(file);
        assertThat(load(file).out()).isEqualTo(RECORDS + " stored, 0 failed\n");
        assertThat(cluster.store().writes()).isEqualTo(RECORDS);
    }

    @Test
    void whatIsThereIsReplaced() throws IOException {
        cluster.run("put", "b", "a", "1");
        cluster.run("put", "b", "a", "2");
        assertThat(load(file("{\"key\":\"a\",\"value\":3}")).status()).isZero();
        assertThat(cluster.store().values("b")).isEqualTo(Map.of("a", "3"));
    }

    @Test
    void ofTwoLinesOfAKeyTheLastCounts() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            lines.append("{\"key\":\"k" + i % 2 + "\",\"value\":" + i + "}\n");
        }
        assertThat(load(file(lines.toString())).status()).isZero();
        assertThat(cluster.store().values("b")).isEqualTo(Map.of("k0", "48", "k1", "49"));
    }

    @Test
    void badLinesAreNamedAndTheOthersStored() throws IOException {
        FakeCluster.Ran ran = load(
                file(
                        "{\"key\":\"a\",\"value\":1}\nnonsense\n{\"key\":1,\"value\":1}\n{\"key\":\"b\"}\n{\"key\":\"\",\"value\":1}\n"));
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("1 stored, 4 failed\n");
        assertThat(ran.err())
                .contains("line 2: the line is no JSON object")
                .contains("line 3: the line has a key that is no string")
                .contains("line 4: the line must have \"key\" and \"value\"")
                .contains("line 5: invalid_key: a key must not be empty");
        assertThat(cluster.store().values("b")).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void whenAllIsRefusedTheRestIsNotTried() throws IOException {
        FakeCluster.Ran ran = load(file("{\"key\":\"\",\"value\":1}\n".repeat(1_000)));
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("the first 100 lines were all refused");
    }

    @Test
    void aLoadThatWasBrokenOffGoesOn() throws IOException {
        Path file = file(records());
        for (int i = 0; i < 3; i++) {
            cluster.node(i).dieAfter(60);
        }
        FakeCluster.Ran broken = load(file, "--patience", "0", "--in-flight", "1");
        assertThat(broken.status()).isEqualTo(3);
        assertThat(broken.err()).contains("broken off").contains("the same command goes on from here");
        int before = Integer.parseInt(broken.out().substring(0, broken.out().indexOf(' ')));
        try (FakeCluster revived = cluster.revived()) {
            FakeCluster.Ran rest = revived.run("load", "b", file.toString());
            assertThat(rest.err()).contains("goes on after line ");
            assertThat(rest.status()).isZero();
            assertThat(revived.store().values("b")).isEqualTo(expected);
            assertThat(revived.store().writes()).isEqualTo(RECORDS);
            assertThat(rest.out()).isEqualTo((RECORDS - before) + " stored, 0 failed\n");
        }
    }

    @Test
    void onAClusterThatLostItALoadBeginsAnew() throws IOException {
        Path file = file(records());
        for (int i = 0; i < 3; i++) {
            cluster.node(i).dieAfter(60);
        }
        load(file, "--patience", "0");
        try (FakeCluster wiped = new FakeCluster(1)) {
            assertThat(wiped.run("load", "b", file.toString()).out()).isEqualTo(RECORDS + " stored, 0 failed\n");
            assertThat(wiped.store().values("b")).isEqualTo(expected);
        }
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage() {
        assertThat(load(folder.resolve("absent"))).satisfies(ran -> {
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.err()).contains("cannot read");
        });
    }

    @Test
    void whatIsDumpedCanBeLoaded() throws IOException {
        load(file(records()));
        cluster.node(2).dieAfter(30);
        FakeCluster.Ran dumped = cluster.run("dump", "b");
        assertThat(dumped.status()).isZero();
        assertThat(dumped.out().lines()).hasSize(RECORDS);
        try (FakeCluster other = new FakeCluster(1)) {
            Path copy = Files.writeString(folder.resolve("copy.jsonl"), dumped.out());
            other.run("load", "b", copy.toString());
            assertThat(other.store().values("b")).isEqualTo(expected);
        }
    }

    @Test
    void aDumpIsOneLineAKey() {
        cluster.runWith("{\"a\":\n\r\n2.50}", "put", "b", "k\n", "-");
        assertThat(cluster.run("dump", "b"))
                .isEqualTo(new FakeCluster.Ran(0, "{\"key\":\"k\\n\",\"value\":{\"a\":   2.50}}\n", ""));
    }

    @Test
    void concurrentValuesAreLeftOutOfADump() {
        cluster.run("put", "b", "x", "1");
        cluster.run("put", "b", "x", "2");
        cluster.run("put", "b", "y", "3");
        cluster.store().write("b", "z", Optional.empty(), "", Optional.empty());
        assertThat(cluster.run("dump", "b"))
                .isEqualTo(new FakeCluster.Ran(
                        1, "{\"key\":\"y\",\"value\":3}\n", "left out \"x\": has concurrent values\n"));
    }

    @Test
    void aBucketThatCannotBeReadIsAnError() {
        for (int i = 0; i < 3; i++) {
            cluster.node(i).refuse(1_000, 503);
        }
        FakeCluster.Ran ran = cluster.run("dump", "b", "--patience", "0");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.err()).isEqualTo("quorate: broken off: the node answers 503\n");
    }

    private FakeCluster.Ran load(Path file, String... options) {
        String[] arguments = new String[3 + options.length];
        arguments[0] = "load";
        arguments[1] = "b";
        arguments[2] = file.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return cluster.run(arguments);
    }

    private Path file(String lines) throws IOException {
        return Files.writeString(folder.resolve("data.jsonl"), lines);
    }

    private static Path progressFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".b.progress");
    }

    private String records() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < RECORDS; i++) {
            expected.put("key " + i, "{\"n\": " + i + ".50}");
            lines.append("{\"key\": \"key " + i + "\", \"value\": {\"n\": " + i + ".50}}\n");
        }
        return lines.toString();
    }
}
