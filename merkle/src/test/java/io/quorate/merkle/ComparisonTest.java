package io.quorate.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Two trees that see of each other only what a message can carry. */
class ComparisonTest {
    private record Question(int level, List<Integer> indices, List<Long> hashes) {}

    private final List<Question> asked = new ArrayList<>();

    @Property(tries = 100)
    void levelByLevelFindsTheLeavesThatDiffer(@ForAll long seed) {
        Random random = new Random(seed);
        int keys = 1 + random.nextInt(600);
        Replica initiator = Replica.random(random, keys, 3);
        Replica responder = Replica.random(random, keys, 3);
        assertThat(compare(initiator.tree, responder.tree)).isEqualTo(initiator.differingLeaves(responder));
        responder.become(initiator);
        for (int i = 0; i < 10; i++) {
            assertThat(compare(initiator.tree, responder.tree)).isEqualTo(initiator.differingLeaves(responder));
            assertThat(compare(responder.tree, initiator.tree)).isEqualTo(initiator.differingLeaves(responder));
            responder.change(random, keys, 3);
        }
    }

    @Test
    void equalTreesAskOnceAndOneDifferenceCostsOneBranch() {
        MerkleTree one = new MerkleTree();
        MerkleTree other = new MerkleTree();
        assertThat(compare(one, other)).isEmpty();
        assertThat(asked).extracting(question -> question.indices.size()).containsExactly(1);
        asked.clear();
        one.update(200, EntryHash.NONE, 1);
        assertThat(compare(one, other)).containsExactly(200);
        assertThat(asked).extracting(question -> question.indices.size()).containsExactly(1, 16, 16);
    }

    @Test
    void whatNoLongerDiffersDropsOutWhenAskedAgain() {
        MerkleTree one = new MerkleTree();
        MerkleTree other = new MerkleTree();
        one.update(3, EntryHash.NONE, 1);
        one.update(200, EntryHash.NONE, 2);
        TreeNodes leaves = new TreeNodes(2, compare(one, other));
        assertThat(leaves.indices()).containsExactly(3, 200);
        other.update(3, EntryHash.NONE, 1);
        assertThat(ask(one, other, leaves)).isEqualTo(new TreeNodes(2, List.of(200)));
    }

    @Test
    void theTreeEndsAtItsLeaves() {
        assertThat(TreeNodes.ROOT.children())
                .isEqualTo(new TreeNodes(1, IntStream.range(0, 16).boxed().toList()));
        assertThat(new TreeNodes(1, List.of(0, 15)).children().indices())
                .containsExactlyElementsOf(IntStream.concat(IntStream.range(0, 16), IntStream.range(240, 256))
                        .boxed()
                        .toList());
        TreeNodes leaves = TreeNodes.ROOT.children().children();
        assertThat(leaves.indices()).hasSize(256);
        assertThat(leaves.areLeaves()).isTrue();
        assertThat(TreeNodes.ROOT.children().areLeaves()).isFalse();
        assertThatThrownBy(leaves::children).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesNodesThatNoTreeHas() {
        refusesNodes(-1, 0);
        refusesNodes(3, 0);
        refusesNodes(0, 1);
        refusesNodes(1, 16);
        refusesNodes(2, 256);
        refusesNodes(2, -1);
        refusesNodes(2, 4, 4);
        refusesNodes(2, 5, 4);
    }

    @Test
    void refusesAnswersToWhatWasNotAsked() {
        TreeNodes asked = new TreeNodes(2, List.of(32, 33, 40));
        assertThat(asked.answered(List.of(33))).isEqualTo(new TreeNodes(2, List.of(33)));
        assertThat(asked.answered(List.of()).isEmpty()).isTrue();
        assertThat(asked.answered(List.of(32, 33, 40))).isEqualTo(asked);
        assertThatThrownBy(() -> asked.answered(List.of(33, 34))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> asked.answered(List.of(40, 33))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> asked.answered(List.of(256))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnotherNumberOfHashesThanOfNodes() {
        MerkleTree tree = new MerkleTree();
        TreeNodes nodes = new TreeNodes(1, List.of(2, 3));
        assertThatThrownBy(() -> tree.differing(nodes, List.of(0L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.differing(nodes, List.of(0L, 0L, 0L)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Integer> compare(MerkleTree initiator, MerkleTree responder) {
        TreeNodes differing = ask(initiator, responder, TreeNodes.ROOT);
        while (!differing.isEmpty() && !differing.areLeaves()) {
            differing = ask(initiator, responder, differing.children());
        }
        return differing.indices();
    }

    private TreeNodes ask(MerkleTree initiator, MerkleTree responder, TreeNodes nodes) {
        Question question = new Question(nodes.level(), nodes.indices(), initiator.hashes(nodes));
        asked.add(question);
        TreeNodes received = new TreeNodes(question.level, question.indices);
        List<Integer> answer = responder.differing(received, question.hashes).indices();
        return nodes.answered(answer);
    }

    private static void refusesNodes(int level, Integer... indices) {
        assertThatThrownBy(() -> new TreeNodes(level, List.of(indices))).isInstanceOf(IllegalArgumentException.class);
    }
}
