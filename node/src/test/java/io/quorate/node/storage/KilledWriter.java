package io.quorate.node.storage;

import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process that {@link KillTest} kills: writes numbered batches without end, and prints the number of each that is durable. */
final class KilledWriter {
    static final String ACKNOWLEDGED = "acknowledged ";
    static final int KEYS = 500;

    private static final int KEYS_PER_BATCH = 3;
    private static final int WAITING_MAX = 64;

    private KilledWriter() {}

    /** Goes on behind the given batch number until it is killed. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Store store = Store.open(settings(Path.of(arguments[0])));
        TestShard shard = new TestShard(store);
        int first = Integer.parseInt(arguments[1]) + 1;
        int[] done = {first - 1};
        for (int number = first; ; number++) {
            int sent = number;
            shard.storage.apply(batch(number), outcome -> {
                if (outcome == Outcome.DURABLE) {
                    out.println(ACKNOWLEDGED + sent);
                }
                done[0]++;
            });
            shard.loop.runUntil(() -> sent - done[0] < WAITING_MAX);
        }
    }

    static StoreSettings settings(Path folder) {
        return TestFolder.settings(folder).withSegmentBytesMax(200_000).withCacheBytesMax(0);
    }

    /** The keys of a batch; every fifth batch removes them. */
    static List<String> keys(int number) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS_PER_BATCH; i++) {
            keys.add("k" + Math.floorMod(number * 7 + i * 131, KEYS));
        }
        return keys;
    }

    /** What a batch makes of its keys, without the filling. */
    static String value(int number) {
        return number % 5 == 0 ? "absent" : Integer.toString(number);
    }

    private static List<Change> batch(int number) {
        boolean removal = number % 5 == 0;
        String filled = value(number) + " " + "x".repeat(Math.floorMod(number * 31, 300));
        return keys(number).stream()
                .map(key -> removal ? TestShard.remove(key) : TestShard.put(key, filled))
                .toList();
    }
}
