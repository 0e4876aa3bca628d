package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.Quorate;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.ycsb.QuorateClient;
import io.quorate.endtoend.FreePorts;
import io.quorate.node.config.ConfigurationException;
import io.quorate.node.config.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import site.ycsb.ByteArrayByteIterator;
import site.ycsb.ByteIterator;
import site.ycsb.DBException;
import site.ycsb.Status;

/** The binding of YCSB against a real node. */
final class YcsbTest {
    private static final String TABLE = "usertable";

    @TempDir
    Path folder;

    private final QuorateClient client = new QuorateClient();
    private String seed;
    private Daemon daemon;

    @BeforeEach
    void start() throws IOException, ConfigurationException, DBException {
        List<Integer> ports = FreePorts.pick(2);
        int peerPort = ports.get(1);
        seed = "127.0.0.1:" + peerPort;
        daemon = Daemon.start(SettingsReader.read(
                Optional.empty(),
                Map.of(),
                List.of(
                        "http.port=" + ports.get(0),
                        "peer.port=" + peerPort,
                        "shards=1",
                        "storage.freeBytesMin=0",
                        "storage.folder=" + folder.resolve("data"))));
        Properties properties = new Properties();
        properties.setProperty(QuorateClient.SEEDS, seed);
        client.setProperties(properties);
        client.init();
    }

    @AfterEach
    void stop() {
        client.cleanup();
        daemon.stop();
    }

    @Test
    void readsWhatWasInserted() {
        String bytes = "\"quoted\" \\ \0 \u00FF";
        assertThat(client.insert(TABLE, "user1", fields("a", bytes, "b", "2"))).isEqualTo(Status.OK);

        assertThat(read("user1", null)).isEqualTo(Map.of("a", bytes, "b", "2"));
        assertThat(read("user1", Set.of("b"))).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void anUpdateLeavesOtherFieldsAndNoSiblings() {
        client.insert(TABLE, "user1", fields("a", "1", "b", "2"));

        assertThat(client.update(TABLE, "user1", fields("a", "3"))).isEqualTo(Status.OK);

        assertThat(read("user1", null)).isEqualTo(Map.of("a", "3", "b", "2"));
        try (Quorate quorate = Quorate.connect(seed)) {
            assertThat(quorate.get(TABLE, "user1").join().versions()).hasSize(1);
        }
    }

    @Test
    void whatIsDeletedIsNotFound() {
        client.insert(TABLE, "user1", fields("a", "1"));

        assertThat(client.delete(TABLE, "user1")).isEqualTo(Status.OK);

        assertThat(client.read(TABLE, "user1", null, new TreeMap<>())).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void scansAreNotOffered() {
        assertThat(client.scan(TABLE, "user1", 10, null, null)).isEqualTo(Status.NOT_IMPLEMENTED);
    }

    @Test
    void aFailureIsCountedUnderItsName() {
        try (Quorate quorate = Quorate.connect(seed)) {
            quorate.patch(TABLE, "user1", "{\"increment\":1}", WriteOptions.DEFAULT)
                    .join();
        }

        assertThat(client.insert(TABLE, "user1", fields("a", "1")).getName()).isEqualTo("WrongType");
    }

    private Map<String, String> read(String key, Set<String> wanted) {
        Map<String, ByteIterator> result = new TreeMap<>();
        assertThat(client.read(TABLE, key, wanted, result)).isEqualTo(Status.OK);
        Map<String, String> texts = new TreeMap<>();
        result.forEach((name, value) -> texts.put(name, new String(value.toArray(), StandardCharsets.ISO_8859_1)));
        return texts;
    }

    private static Map<String, ByteIterator> fields(String... namesAndValues) {
        Map<String, ByteIterator> fields = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            byte[] value = namesAndValues[i + 1].getBytes(StandardCharsets.ISO_8859_1);
            fields.put(namesAndValues[i], new ByteArrayByteIterator(value));
        }
        return fields;
    }
}
