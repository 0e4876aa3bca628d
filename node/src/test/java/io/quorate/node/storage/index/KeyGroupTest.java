package io.quorate.node.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyGroupTest {
    private static final byte[] ALPHABET = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF};
    private static final int LENGTH_MAX = 20;
    private static final int OFFSET = 13;

    private final Random random = new Random(3);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 15, 16})
    void aSearchFindsWhatOneOfTheArrayFindsPackedOrNot(int count) {
        for (int round = 0; round < 1_000; round++) {
            TreeSet<byte[]> set = new TreeSet<>(Arrays::compareUnsigned);
            while (set.size() < count) {
                set.add(key());
            }
            byte[][] keys = set.toArray(byte[][]::new);
            KeyGroup group = KeyGroup.of(keys);
            ByteBuffer packed = ByteBuffer.allocateDirect(OFFSET + group.packed().length);
            packed.put(OFFSET, group.packed());
            byte[] wanted = random.nextBoolean() && count > 0 ? keys[random.nextInt(count)] : key();

            int found = Arrays.binarySearch(keys, wanted, Arrays::compareUnsigned);

            assertThat(group.search(wanted)).isEqualTo(found);
            assertThat(KeyGroup.search(packed, OFFSET, count, wanted)).isEqualTo(found);
        }
    }

    /**
     * Of few different bytes, so that many begin alike: half of them for more than are compared at once, the others not always for as
     * many as are kept apart.
     */
    private byte[] key() {
        byte[] key = new byte[random.nextInt(LENGTH_MAX)];
        int alike = random.nextBoolean() ? Long.BYTES : 2;
        for (int i = 0; i < key.length; i++) {
            key[i] = i < alike ? 1 : ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return key;
    }
}
