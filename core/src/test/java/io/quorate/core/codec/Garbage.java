package io.quorate.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.quorate.core.Bytes;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** Bytes that are nearly, or not at all, what a codec writes. */
public final class Garbage {
    /** A count of two thousand million, as a varint. */
    private static final byte[] HUGE = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7};

    /** Far more than the few hundred bytes of a bad state are worth, and far less than a bad count asks for. */
    private static final long ALLOCATION_MAX = 4 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Garbage() {}

    /**
     * Hands out every shorter start of {@code good}, it with every count made huge, many random changes of it, and plain noise.
     * Each must be read without a great allocation.
     */
    public static void like(Bytes good, Random random, Consumer<Bytes> reader) {
        byte[] array = good.array();
        for (int i = 0; i < array.length; i++) {
            read(reader, Bytes.wrap(Arrays.copyOf(array, i)));
            byte[] huge = Arrays.copyOf(array, Math.max(array.length, i + HUGE.length));
            System.arraycopy(HUGE, 0, huge, i, HUGE.length);
            read(reader, Bytes.wrap(huge));
            read(reader, changed(array, 1, random));
            read(reader, changed(array, 1 + random.nextInt(6), random));
            read(reader, noise(random, array.length, array[0]));
        }
        read(reader, Bytes.wrap(Arrays.copyOf(array, array.length + 1)));
    }

    private static void read(Consumer<Bytes> reader, Bytes bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        reader.accept(bytes);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(ALLOCATION_MAX);
    }

    private static Bytes changed(byte[] array, int changes, Random random) {
        byte[] changed = array.clone();
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(changed.length);
            changed[at] = (byte) (random.nextBoolean() ? changed[at] ^ 1 << random.nextInt(8) : random.nextInt(4));
        }
        return Bytes.wrap(changed);
    }

    private static Bytes noise(Random random, int length, byte first) {
        byte[] noise = new byte[1 + random.nextInt(length)];
        random.nextBytes(noise);
        if (random.nextBoolean()) {
            // Beyond the format byte, with small numbers, noise gets further.
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) (noise[i] & 3);
            }
        }
        noise[0] = random.nextInt(10) == 0 ? noise[0] : first;
        return Bytes.wrap(noise);
    }
}
