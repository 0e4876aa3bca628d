package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.coordinator.Quorate;
import io.quorate.coordinator.QuorateException;
import io.quorate.coordinator.Session;
import io.quorate.coordinator.api.ConnectOptions;
import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.GroupWrite;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.endtoend.FreePorts;
import io.quorate.node.config.ConfigurationException;
import io.quorate.node.config.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded coordinator against a real node: the wire, two shards, and the store on disk. */
final class EmbeddedCoordinatorTest {
    @TempDir
    Path folder;

    private int peerPort;
    private int httpPort;
    private Daemon daemon;

    @BeforeEach
    void start() throws IOException, ConfigurationException {
        List<Integer> ports = FreePorts.pick(2);
        peerPort = ports.get(0);
        httpPort = ports.get(1);
        startNode();
    }

    @AfterEach
    void stop() {
        daemon.stop();
    }

    @Test
    void runsTheProgramOfTheReadme() {
        EmbeddedExample.run(seed());

        try (Quorate quorate = Quorate.connect(seed())) {
            assertThat(texts(quorate.get("users", "carol").join())).containsExactly("{\"name\":\"Carol B.\"}");
        }
    }

    @Test
    void isWhatTheReadmeShows() throws IOException {
        Path root = Files.exists(Path.of("README.md")) ? Path.of("") : Path.of("..");
        String readme = Files.readString(root.resolve("README.md"));
        String shown = readme.substring(readme.indexOf("```java") + "```java".length());
        String example = Files.readString(root.resolve("node/src/test/java/io/quorate/node/EmbeddedExample.java"));
        String block = shown.substring(0, shown.indexOf("```")).replaceAll("connect\\([^)]*\\)", "connect(seeds)");

        assertThat(squeezed(example)).contains(squeezed(block));
    }

    @Test
    void keepsAllOverACleanStopAndGoesOnAsTheSameActor() throws Exception {
        Actor before;
        try (Quorate quorate = Quorate.connect(seed())) {
            for (int i = 0; i < 50; i++) {
                quorate.put("numbers", "key-" + i, Integer.toString(i)).join();
            }
            before = quorate.put("numbers", "last", "1").join().dot().actor();
        }
        daemon.stop();
        startNode();
        try (Quorate quorate = Quorate.connect(seed())) {
            for (int i = 0; i < 50; i++) {
                assertThat(texts(quorate.get("numbers", "key-" + i).join())).containsExactly(Integer.toString(i));
            }
            assertThat(quorate.put("numbers", "after", "2").join().dot().actor())
                    .isEqualTo(before);
        }
    }

    @Test
    void failsWithWhatTheCallerMayDoNext() {
        try (Quorate quorate = Quorate.connect(seed())) {
            WriteOptions tooMany = WriteOptions.DEFAULT.withW(new Quorum.Count(2));

            assertThatThrownBy(() -> quorate.put("users", "dave", "1", tooMany).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            QuorateException.class,
                            failed -> assertThat(failed.failure()).isInstanceOf(Failure.InvalidQuorum.class));
        }
    }

    @Test
    void isInTheZoneThatItWasConnectedWith() {
        WriteOptions local = WriteOptions.DEFAULT.withW(Quorum.LOCAL);
        try (Quorate near = Quorate.connect(ConnectOptions.to(seed()).inZone("default"));
                Quorate far = Quorate.connect(ConnectOptions.to(seed()).inZone("elsewhere"));
                Quorate nowhere = Quorate.connect(seed())) {
            assertThat(near.put("users", "frank", "1", local).join().w()).isEqualTo(1);
            for (Quorate other : List.of(far, nowhere)) {
                assertThatThrownBy(() -> other.put("users", "frank", "1", local).join())
                        .cause()
                        .isInstanceOfSatisfying(
                                QuorateException.class,
                                failed -> assertThat(failed.failure()).isInstanceOf(Failure.InvalidQuorum.class));
            }
        }
    }

    @Test
    void showsADeleteAsATombstone() {
        try (Quorate quorate = Quorate.connect(seed())) {
            quorate.put("users", "erin", "1").join();
            ReadAnswer read = quorate.get("users", "erin").join();
            quorate.delete("users", "erin", WriteOptions.DEFAULT.withContext(read.context()))
                    .join();

            assertThat(quorate.get("users", "erin").join().isFound()).isFalse();
        }
    }

    @Test
    void aSessionGoesOnElsewhere() {
        String exported;
        try (Quorate quorate = Quorate.connect(seed())) {
            Session session = quorate.session();
            session.put("users", "frank", "1").join();
            assertThat(texts(session.get("users", "frank").join())).containsExactly("1");
            exported = session.export().join();
        }
        try (Quorate quorate = Quorate.connect(seed())) {
            Session session = quorate.session(exported);
            session.put("users", "frank", "2").join();
            assertThat(texts(quorate.get("users", "frank").join()))
                    .as("it replaced what it had seen")
                    .containsExactly("2");
            assertThatThrownBy(() -> quorate.session(exported + "AAAA")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void writesAGroupTogether() {
        try (Quorate quorate = Quorate.connect(seed())) {
            List<GroupWrite> writes = List.of(
                    new GroupWrite(Key.of("b", "{t}1"), Optional.of(Bytes.utf8("1")), Context.EMPTY),
                    new GroupWrite(Key.of("b", "{t}2"), Optional.of(Bytes.utf8("2")), Context.EMPTY));
            assertThat(quorate.putGroup(writes, WriteOptions.DEFAULT).join()).hasSize(2);

            assertThat(quorate.getGroup("b", "t", ReadOptions.DEFAULT).join().entries())
                    .extracting(entry -> entry.key().name())
                    .containsExactly("{t}1", "{t}2");
            List<GroupWrite> twice = List.of(writes.get(0), writes.get(0));
            assertThatThrownBy(() -> quorate.putGroup(twice, WriteOptions.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void startNode() throws ConfigurationException {
        daemon = Daemon.start(SettingsReader.read(
                Optional.empty(),
                Map.of(),
                List.of(
                        "http.port=" + httpPort,
                        "peer.port=" + peerPort,
                        "shards=2",
                        "storage.freeBytesMin=0",
                        "storage.folder=" + folder.resolve("data"))));
    }

    private String seed() {
        return "127.0.0.1:" + peerPort;
    }

    private static List<String> texts(ReadAnswer answer) {
        return answer.versions().stream()
                .map(version -> version.value().orElseThrow().toUtf8())
                .toList();
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
