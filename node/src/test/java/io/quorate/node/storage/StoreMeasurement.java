package io.quorate.node.storage;

import com.sun.management.OperatingSystemMXBean;
import io.quorate.core.Bytes;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Change;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures a store, by hand: CPU microseconds of the whole process for each operation, which says more on a shared machine
 * than time does. The first argument is a folder to work in.
 */
final class StoreMeasurement {
    private static final int VALUE_BYTES = 200;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Random random = new Random(1);
    private final TestLoop loop = new TestLoop();
    private Store store;
    private Storage storage;

    private StoreMeasurement(StoreSettings settings) throws IOException {
        open(settings);
    }

    /** Runs all measurements. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "store");
        StoreSettings settings = StoreSettings.of(folder, "measured", "m1").withCacheBytesMax(8 << 20);
        StoreMeasurement measurement = new StoreMeasurement(settings);
        measurement.putAndGet(settings);
        measurement.store.close();
        StoreSettings overwritten = StoreSettings.of(folder.resolveSibling(folder.getFileName() + "-o"), "m", "m1");
        new StoreMeasurement(overwritten).overwrite(0);
        StoreSettings paced = StoreSettings.of(folder.resolveSibling(folder.getFileName() + "-p"), "m", "m1");
        new StoreMeasurement(paced).overwrite(2_000_000_000L);
    }

    private void open(StoreSettings settings) throws IOException {
        store = Store.open(settings);
        storage = store.shard(loop);
    }

    private void putAndGet(StoreSettings settings) throws IOException {
        measure("load 1 M keys, 512 waiting", 1_000_000, n -> puts(n, 512, 0, n));
        for (int waiting : new int[] {32, 128, 512}) {
            measure("overwrite, " + waiting + " waiting", 300_000, n -> puts(n, waiting, 0, 1_000_000));
        }
        measure("get, mostly missed, 64 waiting", 300_000, n -> gets(n, 64, 1_000_000));
        measure("get, mostly missed, 1 waiting", 50_000, n -> gets(n, 1, 1_000_000));
        gets(300_000, 64, 20_000);
        measure("get, hit", 2_000_000, n -> gets(n, 64, 20_000));
        measure("range of 100", 20_000, this::ranges);
        OUT.println(store.status());
        long start = System.nanoTime();
        store.close(new CleanStop(1, 1));
        OUT.printf("clean close %d ms%n", (System.nanoTime() - start) / 1_000_000);
        start = System.nanoTime();
        open(settings);
        OUT.printf("clean open %d ms, %s%n", (System.nanoTime() - start) / 1_000_000, store.lastCleanStop());
        store.close();
        for (int i = 0; i < 3; i++) {
            long cpu = SYSTEM.getProcessCpuTime();
            start = System.nanoTime();
            open(settings);
            OUT.printf(
                    "open after a kill %d ms, cpu %d ms, %d keys%n",
                    (System.nanoTime() - start) / 1_000_000,
                    (SYSTEM.getProcessCpuTime() - cpu) / 1_000_000,
                    store.status().keys());
            store.close();
        }
        open(settings);
    }

    /** Overwrites in forty rounds of 50,000, none shorter than so many nanoseconds. */
    private void overwrite(long roundNanosMin) throws IOException {
        puts(100_000, 512, 0, 100_000);
        double worst = 0;
        long cpu = SYSTEM.getProcessCpuTime();
        for (int i = 0; i < 40; i++) {
            long start = System.nanoTime();
            puts(50_000, 512, -1, 100_000);
            LockSupport.parkNanos(start + roundNanosMin - System.nanoTime());
            StoreStatus status = store.status();
            double factor = (double) status.diskBytes() / status.liveBytes();
            worst = Math.max(worst, factor);
            OUT.printf("%.2f ", factor);
        }
        OUT.printf(
                "%n2 M overwrites of 100 k keys: worst disk factor %.2f, cpu with compaction %.2f us each%n",
                worst, (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / 2_000_000);
        LockSupport.parkNanos(3_000_000_000L);
        OUT.println(store.status());
        store.close(new CleanStop(1, 1));
    }

    private void measure(String what, int count, java.util.function.IntConsumer run) {
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        run.accept(count);
        double micros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / count;
        double perSecond = count * 1e9 / (System.nanoTime() - start);
        OUT.printf("%-34s cpu %.2f us, %,.0f a second%n", what, micros, perSecond);
    }

    /** Puts with so many waiting at any time; a negative start takes keys at random. */
    private void puts(int count, int waitingMax, int start, int keys) {
        int[] done = {0};
        for (int sent = 0; sent < count; sent++) {
            int limit = sent - waitingMax;
            loop.runUntil(() -> done[0] > limit);
            int key = start < 0 || keys != count ? random.nextInt(keys) : start + sent;
            storage.apply(List.of(new Change(key(key), Optional.of(value()), 3)), outcome -> done[0]++);
        }
        loop.runUntil(() -> done[0] == count);
    }

    private void gets(int count, int waitingMax, int keys) {
        int[] done = {0};
        for (int sent = 0; sent < count; sent++) {
            int limit = sent - waitingMax;
            loop.runUntil(() -> done[0] > limit);
            storage.get(key(random.nextInt(keys)), stored -> done[0]++);
        }
        loop.runUntil(() -> done[0] == count);
    }

    private void ranges(int count) {
        int[] done = {0};
        for (int i = 0; i < count; i++) {
            int before = i;
            storage.range(key(random.nextInt(1_000_000)), Bytes.wrap(new byte[] {-1}), 100, entries -> done[0]++);
            loop.runUntil(() -> done[0] > before);
        }
    }

    private Bytes value() {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        return Bytes.wrap(value);
    }

    private static Bytes key(int number) {
        long token = (number + 1) * 0x9E3779B97F4A7C15L;
        return Bytes.wrap(ByteBuffer.allocate(24)
                .putLong(token ^ (token >>> 29))
                .putLong(0x6275_636B_6574_0000L)
                .putLong(number)
                .array());
    }
}
