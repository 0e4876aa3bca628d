package io.quorate.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Quorum;
import io.quorate.node.storage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final String THREE =
            "cluster.members=[{id: n1, peer: 127.0.0.1:9201, http: 127.0.0.1:8201}, {id: n2, peer: 127.0.0.1:9202, http:"
                    + " 127.0.0.1:8202, zone: b, weight: 3}]";

    @TempDir
    Path folder;

    @Test
    void defaultsMakeANodeOfItsOwn() throws ConfigurationException {
        Settings settings = set();
        assertThat(settings.nodeId()).isEqualTo("n1");
        assertThat(settings.self()).isEqualTo(new Member("n1", "127.0.0.1:9101", "127.0.0.1:8101", "default", 1));
        assertThat(settings.cluster().members()).containsExactly(settings.self());
        assertThat(settings.buckets()).isEqualTo(BucketProperties.DEFAULT);
        assertThat(settings.shards()).isBetween(1, 64);
        assertThat(settings.limits()).isEqualTo(new Settings.Limits(1 << 20, 1 << 10, 4_096));
    }

    @Test
    void eachLayerOverridesTheOneBefore() throws Exception {
        Path file = file(
                "http: {port: 1001}\npeer.port: 1002\nstorage:\n  folder: from-file\nheartbeat.intervalMillis: 100");
        Map<String, String> environment =
                Map.of("QUORATE_PEER_PORT", "2002", "quorate_storage_folder", "from-env", "PATH", "/bin");
        Settings settings = SettingsReader.read(
                Optional.of(file), environment, List.of("storage.folder=first", "storage.folder=from-set"));
        assertThat(settings.http().port()).isEqualTo(1001);
        assertThat(settings.peer().port()).isEqualTo(2002);
        assertThat(settings.storage().folder()).isEqualTo(Path.of("from-set"));
        assertThat(settings.heartbeat().intervalMillis()).isEqualTo(100);
    }

    @Test
    void valuesAreReadAsTheirKind() throws ConfigurationException {
        Settings settings = set(
                "storage.cacheBytesMax=1 GiB",
                "storage.durability=interval",
                "buckets.conflict=last_write_wins",
                "buckets.r=1",
                "buckets.sloppy=false",
                "cluster.partitions=64");
        assertThat(settings.storage().cacheBytesMax()).isEqualTo(1L << 30);
        assertThat(settings.storage().durability()).isEqualTo(Durability.INTERVAL);
        assertThat(settings.buckets())
                .isEqualTo(new BucketProperties(
                        3,
                        new Quorum.Count(1),
                        Quorum.MAJORITY,
                        false,
                        ConflictRule.of(ConflictPolicy.LAST_WRITE_WINS)));
        assertThat(settings.founding().partitions()).isEqualTo(64);
    }

    @Test
    void aListedNodeTakesItsAddressesFromTheList() throws ConfigurationException {
        Settings settings = set(THREE, "node.id=n2", "http.host=0.0.0.0");
        assertThat(settings.http()).isEqualTo(new Settings.Http("0.0.0.0", 8202, "127.0.0.1:8202"));
        assertThat(settings.peer()).isEqualTo(new Settings.Peer("127.0.0.1", 9202, "127.0.0.1:9202"));
        assertThat(settings.self()).isEqualTo(new Member("n2", "127.0.0.1:9202", "127.0.0.1:8202", "b", 3));
        assertThat(settings.cluster().members().size()).isEqualTo(2);
    }

    @Test
    void aPortThatIsSetCountsMoreThanTheList() throws ConfigurationException {
        Settings settings = set(THREE, "node.id=n2", "http.port=18202");
        assertThat(settings.http()).isEqualTo(new Settings.Http("127.0.0.1", 18202, "127.0.0.1:8202"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http.prt=1                      | unknown key http.prt in --set; did you mean http.port?
            storage.Folder=x                | unknown key storage.Folder in --set; did you mean storage.folder?
            http.port=0                     | http.port in --set must be a number from 1 to 65535, not 0
            http.port=eighty                | http.port in --set must be a number from 1 to 65535, not "eighty"
            http.port=[1]                   | http.port in --set must be a number from 1 to 65535, not [1]
            cluster.partitions=1000         | cluster.partitions in --set must be a power of two from 1 to 65536, not 1000
            storage.cacheBytesMax=64MB      | storage.cacheBytesMax in --set must be a size from 0 to 1TiB, such as 64MiB, not "64MB"
            storage.durability=fsync        | storage.durability in --set must be one of group, interval, none, not "fsync"
            buckets.sloppy=maybe            | buckets.sloppy in --set must be true or false, not "maybe"
            buckets.w=most                  | buckets.w in --set must be a number from 1, or one, quorum, all, local_quorum, not "most"
            buckets.w=4                     | buckets.w in --set is above buckets.n, which is 3
            node.id=n 1                     | node.id in --set must be 1 to 64 of letters, digits, '.', '_' and '-', not "n 1"
            cluster.members=n1              | cluster.members in --set must be a list of {id, peer, http} with zone and weight at will, not "n1"
            cluster.members=[{id: n1}]      | cluster.members[0].peer in --set must be host:port, not
            cluster.members=[{ip: n1}]      | cluster.members[0] in --set must be one of id, peer, http, zone, weight, not "ip"
            cluster.members=[               | --set cluster.members is not YAML at line 1
            heartbeat.suspectMillis=400     | heartbeat.suspectMillis in --set must be at least twice heartbeat.intervalMillis
            wire.frameBytesMax=1MiB          | wire.frameBytesMax in --set must be at least twice limits.valueBytesMax
            peer.port=8101                  | peer.port in --set is the port of http.port too
            http.host=0.0.0.0               | http.advertised must be set: http.host in --set is 0.0.0.0
            http.port                       | --set needs key=value, not "http.port"
            """)
    void aBadAssignmentIsRefusedInOneSentence(String assignment, String message) {
        assertThatThrownBy(() -> set(assignment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aNodeThatTheListDoesNotNameIsRefused() {
        assertThatThrownBy(() -> set(THREE, "node.id=n3"))
                .hasMessage("node.id in --set is n3, which cluster.members in --set does not list");
    }

    @Test
    void twoMembersOfOneAddressAreRefused() {
        assertThatThrownBy(
                        () -> set("cluster.members=[{id: n1, peer: a:1, http: a:2}, {id: n2, peer: a:1, http: a:3}]"))
                .hasMessageStartingWith("cluster.members[1] in --set must be a member of its own id, peer and http");
    }

    @Test
    void anAdvertisedAddressThatTheListContradictsIsRefused() {
        assertThatThrownBy(() -> set(THREE, "peer.advertised=10.0.0.1:9201"))
                .hasMessage(
                        "peer.advertised in --set is 10.0.0.1:9201, but cluster.members in --set tells the others 127.0.0.1:9201");
    }

    @Test
    void aMistakeInAFileNamesTheFile() throws IOException {
        Path file = file("storage:\n  foldr: x\n");
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(file), Map.of(), List.of()))
                .hasMessage("unknown key storage.foldr in " + file + "; did you mean storage.folder?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http: {port: 1, port: 2}", "just words", "- a\n- list", "a: b: c"})
    void aFileThatIsNoConfigurationIsRefused(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(file), Map.of(), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file.toString());
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        Path file = folder.resolve("absent.yaml");
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(file), Map.of(), List.of()))
                .hasMessage("there is no configuration file " + file);
    }

    @Test
    void anEmptyFileSetsNothing() throws Exception {
        Path file = file("# nothing\n");
        assertThat(SettingsReader.read(Optional.of(file), Map.of(), List.of())).isEqualTo(set());
    }

    @Test
    void aMisspeltVariableNamesTheNearest() {
        assertThatThrownBy(() -> SettingsReader.read(Optional.empty(), Map.of("QUORATE_HTTP_PROT", "1"), List.of()))
                .hasMessage(
                        "environment variable QUORATE_HTTP_PROT sets no known key; did you mean QUORATE_HTTP_PORT?");
    }

    @Test
    void variablesOfOthersAreLeftAlone() throws ConfigurationException {
        Map<String, String> environment = Map.of(
                "QUORATE_JAVA_OPTS", "-Xmx1g",
                "QUORATE_SERVICE_HOST", "10.96.0.7",
                "QUORATE_PORT", "tcp://10.96.0.7:8101",
                "QUORATE_PORT_8101_TCP_ADDR", "10.96.0.7");
        assertThat(SettingsReader.read(Optional.empty(), environment, List.of()))
                .isEqualTo(set());
    }

    private static Settings set(String... assignments) throws ConfigurationException {
        return SettingsReader.read(Optional.empty(), Map.of(), List.of(assignments));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("node.yaml"), text);
    }
}
