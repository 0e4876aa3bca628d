package io.quorate.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ForestTest {
    /** The forest against one replica for each tree. */
    @Property(tries = 40)
    void holdsTheTreesThatHaveEntriesInOrder(@ForAll long seed) {
        Random random = new Random(seed);
        Forest forest = new Forest();
        SortedMap<TreeId, Replica> model = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            TreeId id = new TreeId(random.nextInt(6), 1 + random.nextInt(3));
            if (random.nextInt(20) == 0) {
                forest.clear(id.partition());
                model.keySet().removeIf(other -> other.partition() == id.partition());
            } else {
                put(forest, model.computeIfAbsent(id, absent -> new Replica()), id, random);
                model.values().removeIf(replica -> replica.entries.isEmpty());
            }
            assertThat(List.copyOf(forest.trees().keySet())).isEqualTo(List.copyOf(model.keySet()));
            Replica replica = model.getOrDefault(id, new Replica());
            assertThat(forest.root(id.partition(), id.n())).isEqualTo(replica.tree.root());
            assertThat(forest.tree(id.partition(), id.n()).differingLeaves(replica.tree))
                    .isEmpty();
            assertThat(List.copyOf(forest.copies(id.partition())))
                    .isEqualTo(model.keySet().stream()
                            .filter(other -> other.partition() == id.partition())
                            .map(TreeId::n)
                            .toList());
        }
        model.forEach((id, replica) -> assertThat(forest.trees().get(id).root()).isEqualTo(replica.tree.root()));
    }

    @Test
    void knowsNothingOfWhatItWasNeverTold() {
        Forest forest = new Forest();
        assertThat(forest.root(3, 3)).isZero();
        assertThat(forest.tree(3, 3).isEmpty()).isTrue();
        assertThat(forest.copies(3)).isEmpty();
        forest.update(3, 3, 0, 5, 5);
        assertThat(forest.trees()).isEmpty();
    }

    @Test
    void anEntryWhoseCopiesGrewMovesToTheOtherTree() {
        Forest forest = new Forest();
        forest.update(3, 2, 9, EntryHash.NONE, 5);
        forest.update(3, 2, 9, 5, EntryHash.NONE);
        forest.update(3, 3, 9, EntryHash.NONE, 6);
        assertThat(forest.copies(3)).containsExactly(3);
        assertThat(forest.tree(3, 3).leaf(9)).isEqualTo(6);
    }

    @Test
    void isChangedByUpdatesOnly() {
        Forest forest = new Forest();
        forest.update(3, 2, 9, EntryHash.NONE, 5);
        assertThatThrownBy(() -> forest.trees().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> forest.update(-1, 2, 9, 0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> forest.update(1, 0, 9, 0, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void put(Forest forest, Replica replica, TreeId id, Random random) {
        int key = random.nextInt(5);
        String before = replica.entries.get(key);
        replica.put(key, random.nextBoolean() ? null : "value " + random.nextInt(3));
        forest.update(
                id.partition(),
                id.n(),
                Replica.leafOf(key),
                Replica.hashOf(key, before),
                Replica.hashOf(key, replica.entries.get(key)));
    }
}
