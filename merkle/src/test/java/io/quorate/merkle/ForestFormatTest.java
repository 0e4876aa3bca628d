package io.quorate.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ForestFormatTest {
    @Property(tries = 100)
    void whatWasSavedComesBack(@ForAll long seed) throws DamagedForestException {
        Random random = new Random(seed);
        Forest forest = random(random, random.nextInt(20), 300);
        Forest loaded = Forest.load(forest.save());
        assertThat(loaded.trees().keySet())
                .containsExactlyElementsOf(forest.trees().keySet());
        forest.trees().forEach((id, tree) -> {
            MerkleTree same = loaded.tree(id.partition(), id.n());
            assertThat(same.root()).isEqualTo(tree.root());
            assertThat(same.differingLeaves(tree)).isEmpty();
        });
        assertThat(loaded.save()).isEqualTo(forest.save());
        loaded.update(0, 1, 0, EntryHash.NONE, 77);
        forest.update(0, 1, 0, EntryHash.NONE, 77);
        assertThat(loaded.root(0, 1)).isEqualTo(forest.root(0, 1));
    }

    @Property(tries = 10)
    void everyFlippedByteIsRefused(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] saved = random(random, 3, 40).save();
        for (int i = 0; i < saved.length; i++) {
            byte[] damaged = saved.clone();
            damaged[i] ^= (byte) (1 + random.nextInt(255));
            refuses(damaged, "");
        }
    }

    @Property(tries = 10)
    void everyOtherLengthIsRefused(@ForAll long seed) {
        byte[] saved = random(new Random(seed), 3, 40).save();
        for (int length = 0; length < saved.length; length++) {
            refuses(Arrays.copyOf(saved, length), "");
        }
        refuses(Arrays.copyOf(saved, saved.length + 1), "is damaged");
        refuses(Arrays.copyOf(saved, saved.length + 8), "is damaged");
    }

    @Test
    void anEmptyForestIsNineBytes() throws DamagedForestException {
        byte[] saved = new Forest().save();
        assertThat(saved).hasSize(9);
        assertThat(Forest.load(saved).trees()).isEmpty();
    }

    /** The format is stored, so a change needs a new version: partition 5, n 3, the first and the last leaf. */
    @Test
    void keepsItsFormat() throws DamagedForestException {
        Forest forest = new Forest();
        forest.update(5, 3, 0, EntryHash.NONE, 11);
        forest.update(5, 3, 255, EntryHash.NONE, 12);
        byte[] expected = sealed(ByteBuffer.allocate(61)
                .put((byte) 1)
                .putInt(1)
                .putInt(5)
                .putInt(3)
                .putLong(1)
                .putLong(0)
                .putLong(0)
                .putLong(1L << 63)
                .putLong(11)
                .putLong(12));
        assertThat(forest.save()).isEqualTo(expected);
        assertThat(Forest.load(expected).root(5, 3)).isEqualTo(forest.root(5, 3));
    }

    /** Bytes whose checksum is right, as from a program that is not: still no wrong tree. */
    @Test
    void refusesWhatNoForestIsSavedAs() {
        refuses(sealed(header(0).put(0, (byte) 2)), "is of another version");
        refuses(sealed(header(-1)), "fewer trees");
        refuses(sealed(header(1)), "fewer trees");
        refuses(sealed(header(Integer.MAX_VALUE)), "fewer trees");
        refuses(sealed(leaf(header(0), 5, 3, 1, 11)), "goes on after its trees");
        refuses(sealed(leaf(header(1), -5, 3, 1, 11)), "a tree that cannot be");
        refuses(sealed(leaf(header(1), 5, 0, 1, 11)), "a tree that cannot be");
        refuses(sealed(leaf(leaf(header(2), 5, 3, 1, 11), 5, 3, 1, 11)), "out of order");
        refuses(sealed(leaf(leaf(header(2), 5, 3, 1, 11), 5, 2, 1, 11)), "out of order");
        refuses(sealed(leaf(leaf(header(2), 5, 3, 1, 11), 4, 3, 1, 11)), "out of order");
        refuses(sealed(leaf(header(1), 5, 3, 1, 0)), "a leaf without entries");
        refuses(sealed(leaf(header(1), 5, 3, 3, 11)), "fewer leaves");
        refuses(
                sealed(header(1)
                        .putInt(5)
                        .putInt(3)
                        .putLong(0)
                        .putLong(0)
                        .putLong(0)
                        .putLong(0)),
                "a tree without");
    }

    private static Forest random(Random random, int trees, int leaves) {
        Forest forest = new Forest();
        for (int tree = 0; tree < trees; tree++) {
            int partition = random.nextInt(1000);
            int n = 1 + random.nextInt(5);
            for (int i = random.nextInt(leaves); i >= 0; i--) {
                forest.update(partition, n, random.nextInt(MerkleTree.LEAVES), EntryHash.NONE, random.nextLong());
            }
        }
        return forest;
    }

    private static ByteBuffer header(int trees) {
        return ByteBuffer.allocate(200).put((byte) 1).putInt(trees);
    }

    private static ByteBuffer leaf(ByteBuffer buffer, int partition, int n, long inUse, long entries) {
        buffer.putInt(partition).putInt(n).putLong(inUse).putLong(0).putLong(0).putLong(0);
        return buffer.putLong(entries);
    }

    private static byte[] sealed(ByteBuffer buffer) {
        int length = buffer.position();
        byte[] bytes = new byte[length + 4];
        buffer.flip().get(bytes, 0, length);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        ByteBuffer.wrap(bytes).putInt(length, (int) crc.getValue());
        return bytes;
    }

    private static void refuses(byte[] saved, String why) {
        assertThatThrownBy(() -> Forest.load(saved))
                .isInstanceOf(DamagedForestException.class)
                .hasMessageContaining(why);
    }
}
