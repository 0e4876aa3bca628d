package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose disk is gone, old or rotten gets back what it should hold, and does no harm meanwhile. */
class DiskLossTest {
    private static final List<String> KEYS =
            IntStream.range(0, 2_000).mapToObj(i -> "key-" + i).toList();
    private static final List<String> DELETED = KEYS.subList(0, 500);
    private static final List<String> CHANGED = KEYS.subList(500, 1_000);
    private static final List<String> LEFT = KEYS.subList(1_000, 2_000);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Looking at all keys is a load that repair gives way to. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private static final int FLIPS = 40;

    @TempDir
    private Path folder;

    @Test
    void aWipedFolderIsRestoredByThePeers() {
        try (LocalCluster cluster = LocalCluster.start(folder, 3, "antientropy.intervalMillis=1000")) {
            KeyLoad load = new KeyLoad(cluster);
            load.put(KEYS, "1", "&w=3");
            cluster.kill("n2");
            remove(folder.resolve("n2"));

            cluster.start("n2");

            cluster.awaitInSync();
            assertThat(load.states(KEYS)).containsOnly("value value value true");
        }
    }

    @Test
    void anOldDiskLosesNothingAndBringsNothingBack() {
        try (LocalCluster cluster = LocalCluster.start(
                folder,
                3,
                "antientropy.intervalMillis=1000",
                "tombstones.ageMillis=3000",
                "tombstones.intervalMillis=500")) {
            KeyLoad load = new KeyLoad(cluster);
            load.put(KEYS, "1", "&w=3");
            cluster.kill("n2");
            copy(folder.resolve("n2"), folder.resolve("backup"));
            cluster.start("n2");
            load.put(CHANGED, "2", "&w=3");
            load.delete(DELETED, "&w=3");
            await().atMost(PATIENCE)
                    .pollInterval(POLL)
                    .untilAsserted(() -> assertThat(load.states(DELETED)).containsOnly("absent absent absent true"));

            cluster.kill("n2");
            remove(folder.resolve("n2"));
            copy(folder.resolve("backup"), folder.resolve("n2"));
            cluster.start("n2");

            cluster.awaitInSync();
            assertThat(load.states(DELETED)).containsOnly("absent absent absent true");
            assertThat(load.states(CHANGED)).containsOnly("value value value true");
            assertThat(load.states(LEFT)).containsOnly("value value value true");
            assertThat(load.values("n2", CHANGED, "&r=3")).containsOnly("2");
            assertThat(load.values("n2", LEFT, "&r=3")).containsOnly("1");
        }
    }

    @Test
    void flippedBytesAreFoundNeverServedAndRepaired() {
        String value = "\"" + "0123456789".repeat(50) + "\"";
        try (LocalCluster cluster = LocalCluster.start(folder, 3, "antientropy.intervalMillis=1000")) {
            KeyLoad load = new KeyLoad(cluster);
            load.put(KEYS, value, "&w=3");
            cluster.kill("n2");
            flipBytes(folder.resolve("n2"));

            cluster.start("n2");

            assertThat(load.values("n2", KEYS, "&r=2")).containsOnly(value);
            await().atMost(PATIENCE)
                    .pollInterval(POLL)
                    .untilAsserted(() -> assertThat(load.states(KEYS)).containsOnly("value value value true"));
            assertThat(cluster.node("n2").logLines())
                    .filteredOn(line -> line.contains("damage"))
                    .isNotEmpty();
            assertThat(load.values("n2", KEYS, "&r=1")).containsOnly(value);
        }
    }

    private static void flipBytes(Path node) {
        Random random = new Random(1);
        List<Path> segments = files(node).stream()
                .filter(file -> file.toString().endsWith(".records"))
                .toList();
        try {
            for (int i = 0; i < FLIPS; i++) {
                Path segment = segments.get(random.nextInt(segments.size()));
                try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
                    long place = random.nextLong(file.length());
                    file.seek(place);
                    int now = file.read();
                    file.seek(place);
                    file.write(now ^ (1 << random.nextInt(Byte.SIZE)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
