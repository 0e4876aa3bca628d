package io.quorate.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static final TreeNodes INNER = TreeNodes.ROOT.children();

    private record Update(int leaf, long before, long after) {}

    @Property(tries = 300)
    void rootsAreEqualExactlyWhenContentsAre(@ForAll long seed) {
        Random random = new Random(seed);
        int keys = 1 + random.nextInt(600);
        Replica a = Replica.random(random, keys, 3);
        Replica b = Replica.random(random, keys, 3);
        assertThat(a.tree.root() == b.tree.root()).isEqualTo(a.entries.equals(b.entries));
        b.become(a);
        assertThat(b.tree.root()).isEqualTo(a.tree.root());
        for (int i = 0; i < 20; i++) {
            b.change(random, keys, 2);
            assertThat(a.tree.root() == b.tree.root()).isEqualTo(a.entries.equals(b.entries));
        }
    }

    @Property(tries = 300)
    void localComparisonFindsTheLeavesThatDiffer(@ForAll long seed) {
        Random random = new Random(seed);
        int keys = 1 + random.nextInt(600);
        Replica a = Replica.random(random, keys, 3);
        Replica b = Replica.random(random, keys, 3);
        assertThat(a.tree.differingLeaves(b.tree)).isEqualTo(a.differingLeaves(b));
        b.become(a);
        for (int i = 0; i < 20; i++) {
            assertThat(a.tree.differingLeaves(b.tree)).isEqualTo(a.differingLeaves(b));
            b.change(random, keys, 3);
        }
    }

    @Property(tries = 200)
    void orderOfUpdatesDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        List<Update> updates = new ArrayList<>();
        for (int key = 0; key < 100; key++) {
            String before = null;
            for (int i = random.nextInt(4); i > 0; i--) {
                String after = i == 1 && random.nextBoolean() ? null : "value " + random.nextInt(5);
                updates.add(new Update(Replica.leafOf(key), Replica.hashOf(key, before), Replica.hashOf(key, after)));
                before = after;
            }
        }
        MerkleTree inOrder = new MerkleTree();
        updates.forEach(update -> apply(update, inOrder));
        MerkleTree shuffled = new MerkleTree();
        Collections.shuffle(updates, random);
        for (Update update : updates) {
            apply(update, shuffled);
            if (random.nextInt(4) == 0) {
                shuffled.root();
            }
        }
        assertThat(allHashes(shuffled)).isEqualTo(allHashes(inOrder));
    }

    @Property(tries = 200)
    void oneChangedBitOfOneValueIsFoundInItsLeafAlone(@ForAll long seed) {
        Random random = new Random(seed);
        MerkleTree sound = new MerkleTree();
        MerkleTree damaged = new MerkleTree();
        int victim = random.nextInt(500);
        for (int key = 0; key < 500; key++) {
            byte[] value = new byte[1 + random.nextInt(100)];
            random.nextBytes(value);
            sound.update(Replica.leafOf(key), EntryHash.NONE, Replica.hashOf(key, value));
            if (key == victim) {
                value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
            }
            damaged.update(Replica.leafOf(key), EntryHash.NONE, Replica.hashOf(key, value));
        }
        assertThat(sound.differingLeaves(damaged)).containsExactly(Replica.leafOf(victim));
    }

    @Property(tries = 200)
    void anUpdateThatIsTakenBackLeavesNoTrace(@ForAll long seed) {
        Random random = new Random(seed);
        MerkleTree tree = Replica.random(random, 300, 3).tree;
        List<Long> hashes = allHashes(tree);
        int leaf = random.nextInt(MerkleTree.LEAVES);
        long before = random.nextLong();
        long after = random.nextLong();
        tree.update(leaf, before, after);
        assertThat(allHashes(tree)).isNotEqualTo(hashes);
        tree.update(leaf, after, before);
        assertThat(allHashes(tree)).isEqualTo(hashes);
    }

    @Property(tries = 200)
    void aNodeIsZeroExactlyWhenNothingIsBelowIt(@ForAll long seed) {
        Random random = new Random(seed);
        Replica replica = Replica.random(random, 1 + random.nextInt(20), 3);
        Set<Integer> leaves = new HashSet<>();
        replica.entries.keySet().forEach(key -> leaves.add(Replica.leafOf(key)));
        assertThat(replica.tree.isEmpty()).isEqualTo(leaves.isEmpty());
        assertThat(replica.tree.root() == 0).isEqualTo(leaves.isEmpty());
        List<Long> inner = replica.tree.hashes(INNER);
        for (int i = 0; i < inner.size(); i++) {
            int node = i;
            assertThat(inner.get(i) == 0).isEqualTo(leaves.stream().noneMatch(leaf -> leaf / 16 == node));
        }
        for (int leaf = 0; leaf < MerkleTree.LEAVES; leaf++) {
            assertThat(replica.tree.leaf(leaf) == 0).isEqualTo(!leaves.contains(leaf));
        }
    }

    @Property(tries = 100)
    void aClearedTreeIsLikeANewOne(@ForAll long seed) {
        Random random = new Random(seed);
        MerkleTree tree = Replica.random(random, 300, 3).tree;
        tree.clear();
        assertThat(tree.isEmpty()).isTrue();
        assertThat(allHashes(tree)).isEqualTo(allHashes(new MerkleTree()));
        tree.update(7, EntryHash.NONE, 5);
        MerkleTree other = new MerkleTree();
        other.update(7, EntryHash.NONE, 5);
        assertThat(allHashes(tree)).isEqualTo(allHashes(other));
    }

    @Test
    void theSameEntriesInAnotherLeafOrOrderGiveAnotherRoot() {
        Set<Long> roots = new HashSet<>();
        for (int first = 0; first < MerkleTree.LEAVES; first++) {
            for (int second = 0; second < MerkleTree.LEAVES; second++) {
                MerkleTree tree = new MerkleTree();
                tree.update(first, EntryHash.NONE, 1);
                tree.update(second, EntryHash.NONE, 2);
                roots.add(tree.root());
            }
        }
        assertThat(roots).hasSize(MerkleTree.LEAVES * MerkleTree.LEAVES);
    }

    /** Nodes compare each other's hashes, so other ones than these are another protocol. */
    @Test
    void hashesAreThoseOfTheProtocol() {
        assertThat(EntryHash.of(7, 8)).isEqualTo(0x6073EC1EF518016CL);
        MerkleTree tree = new MerkleTree();
        for (int key = 0; key < 1000; key++) {
            tree.update(key % MerkleTree.LEAVES, EntryHash.NONE, EntryHash.of(key, key + 1));
        }
        assertThat(tree.leaf(255)).isEqualTo(0x9AC8AC806A30B635L);
        assertThat(tree.hashes(INNER).get(15)).isEqualTo(0x4448FF8DC2D05D56L);
        assertThat(tree.root()).isEqualTo(0x9EB242175105B667L);
    }

    @Test
    void hasNoOtherLeaves() {
        MerkleTree tree = new MerkleTree();
        assertThatThrownBy(() -> tree.update(-1, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.update(256, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.leaf(256)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(tree.root()).isZero();
    }

    private static void apply(Update update, MerkleTree tree) {
        tree.update(update.leaf, update.before, update.after);
    }

    private static List<Long> allHashes(MerkleTree tree) {
        List<Long> hashes = new ArrayList<>(tree.hashes(INNER.children()));
        hashes.addAll(tree.hashes(INNER));
        hashes.addAll(tree.hashes(TreeNodes.ROOT));
        return hashes;
    }
}
