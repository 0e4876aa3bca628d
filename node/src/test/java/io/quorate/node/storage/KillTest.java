package io.quorate.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real process in the midst of writing, again and again on one folder, and looks whether every acknowledged batch is
 * there, whole and in order. The system property {@code quorate.kills} asks for more than a few.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("quorate.kills", 10);

    @TempDir
    private Path folder;

    private final Random random = new Random();
    private final Map<String, Integer> lastBatchOfKey = new HashMap<>();
    private int counted;

    @Test
    void losesNothingAcknowledged() throws IOException {
        int last = 0;
        for (int i = 0; i < KILLS; i++) {
            int acknowledged = runAndKill(last, 1 + random.nextInt(4_000));
            last = check(acknowledged);
        }
        assertThat(last).isGreaterThanOrEqualTo(KILLS);
    }

    /** Kills the writer once it has acknowledged so many batches, and says which was the last. */
    private int runAndKill(int from, int batches) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        Integer.toString(from))
                .redirectErrorStream(true)
                .start();
        StringBuilder words = new StringBuilder();
        int acknowledged = from;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null) {
                if (line.startsWith(KilledWriter.ACKNOWLEDGED)) {
                    acknowledged = Integer.parseInt(line.substring(KilledWriter.ACKNOWLEDGED.length()));
                } else {
                    words.append(line).append('\n');
                }
                if (acknowledged - from >= batches) {
                    // Through the handle: the process itself would close the stream with the last words.
                    process.toHandle().destroyForcibly();
                }
                line = out.readLine();
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(acknowledged).as(words.toString()).isGreaterThanOrEqualTo(from + batches);
        return acknowledged;
    }

    /** Compares every key with what the batches up to the last one seen make of it, and says which that is. */
    private int check(int acknowledged) throws IOException {
        try (Store store = Store.open(KilledWriter.settings(folder))) {
            assertThat(store.status().quarantined()).isZero();
            TestShard shard = new TestShard(store);
            Map<String, String> found = new HashMap<>();
            int last = acknowledged;
            for (int i = 0; i < KilledWriter.KEYS; i++) {
                String text = shard.text("k" + i).split(" ", -1)[0];
                found.put("k" + i, text);
                last = text.equals("absent") ? last : Math.max(last, Integer.parseInt(text));
            }
            // A removal that was written but not acknowledged cannot be seen as a number.
            if (isState(found, last)) {
                return last;
            }
            assertThat(isState(found, last + 1))
                    .as("a whole number of batches, at least " + acknowledged)
                    .isTrue();
            return last + 1;
        }
    }

    private boolean isState(Map<String, String> found, int last) {
        for (int number = counted + 1; number <= last; number++) {
            int batch = number;
            KilledWriter.keys(batch).forEach(key -> lastBatchOfKey.put(key, batch));
        }
        counted = Math.max(counted, last);
        return found.entrySet().stream().allMatch(entry -> {
            Integer batch = lastBatchOfKey.get(entry.getKey());
            return entry.getValue().equals(batch == null ? "absent" : KilledWriter.value(batch));
        });
    }
}
