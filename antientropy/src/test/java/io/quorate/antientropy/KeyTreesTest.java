package io.quorate.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import io.quorate.core.ring.Ring;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trees that went along with every change are the trees that a look at the store would build. */
final class KeyTreesTest {
    private static final int PARTITIONS = 4;
    private static final Ring RING = Ring.of(
            new Members("c", PARTITIONS, 1, List.of(new Member("n1", "", "", "", 1), new Member("n2", "", "", "", 1))));
    private static final List<Integer> ALL =
            IntStream.range(0, PARTITIONS).boxed().toList();

    /** Every page of the build is answered late, from what the store is then or was at the question, with changes in between. */
    @Test
    void aBuildBearsChangesAtAnyMoment() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            FakeKeys store = new FakeKeys();
            KeyTrees trees = new KeyTrees(RING, ALL);
            for (int i = 0; i < 3_000; i++) {
                store.set(key(random.nextInt(2_000)), state(random));
            }
            trees.build(store, () -> {});
            while (store.isAsked()) {
                change(store, trees, random);
                store.answer(random.nextBoolean());
                change(store, trees, random);
            }

            assertThat(trees.isSameAs(built(store))).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void aChangeTakenBackIsMadeGoodByBuildingAnew() {
        FakeKeys store = new FakeKeys();
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            store.set(key(i), state(random));
        }
        KeyTrees trees = built(store);
        KeyState lost = new KeyState(42, 3, true);
        trees.changed(key(7), store.get(key(7)), lost);
        assertThat(trees.isSameAs(built(store))).isFalse();

        trees.tookBack(key(7));
        assertThat(trees.isBuilt(RING.partitionOf(key(7)))).isFalse();
        store.answerAll();

        assertThat(trees.isSameAs(built(store))).isTrue();
    }

    @Test
    void whatIsSavedComesBackAndDamageIsRefused() {
        FakeKeys store = new FakeKeys();
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            store.set(key(i), state(random));
        }
        KeyTrees trees = built(store);
        Bytes saved = trees.save().orElseThrow();

        KeyTrees restored = new KeyTrees(RING, ALL);
        assertThat(restored.restore(saved)).isTrue();
        assertThat(restored.isSameAs(trees)).isTrue();

        for (int i = 0; i < saved.length(); i += 97) {
            byte[] bytes = saved.array().clone();
            bytes[i] ^= 1;
            assertThat(new KeyTrees(RING, ALL).restore(Bytes.wrap(bytes))).isFalse();
        }
        assertThat(new KeyTrees(RING, ALL).restore(Bytes.EMPTY)).isFalse();
    }

    @Test
    void deadKeysAreCounted() {
        KeyTrees trees = built(new FakeKeys());
        int partition = RING.partitionOf(key(1));
        KeyState tombstone = new KeyState(5, 3, false);

        trees.changed(key(1), KeyState.ABSENT, tombstone);
        assertThat(trees.dead(partition)).isEqualTo(1);

        trees.changed(key(1), tombstone, new KeyState(6, 3, true));
        assertThat(trees.dead(partition)).isZero();
    }

    private static void change(FakeKeys store, KeyTrees trees, Random random) {
        for (int left = random.nextInt(30); left > 0; left--) {
            Key key = key(random.nextInt(2_000));
            KeyState next = random.nextInt(10) == 0 ? KeyState.ABSENT : state(random);
            KeyState before = store.set(key, next);
            trees.changed(key, before, next);
        }
    }

    private static KeyTrees built(FakeKeys store) {
        KeyTrees trees = new KeyTrees(RING, ALL);
        trees.build(store, () -> {});
        store.answerAll();
        return trees;
    }

    private static Key key(int number) {
        return Key.of("bucket", "key-" + number);
    }

    private static KeyState state(Random random) {
        return new KeyState(1 + random.nextInt(1_000), 1 + random.nextInt(2), random.nextInt(4) > 0);
    }
}
