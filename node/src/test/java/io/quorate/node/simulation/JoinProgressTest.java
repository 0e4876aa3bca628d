package io.quorate.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Standing;
import io.quorate.node.membership.ChangeProgress;
import io.quorate.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every node shows how far a member is that comes or goes, from the first partition to the last. */
final class JoinProgressTest {
    private static final int PARTITIONS = 128;
    private static final int KEYS = 400;
    /** Large enough that the pace of repair spreads the copying over seconds. */
    private static final Bytes VALUE = Bytes.utf8("\"" + "x".repeat(64_000) + "\"");

    private static final long LOOK_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 300_000;

    private final CalmCluster cluster =
            new CalmCluster(PARTITIONS, new Rules(true, false, false, true), List.of("n1", "n2", "n3"), List.of("n4"));
    private final World world = cluster.world;

    @Test
    void itGrowsUntilAllIsCopiedAsAnyNodeShows() {
        cluster.write(KEYS, VALUE, WriteOptions.DEFAULT.withW(Quorum.ALL));
        world.process("n4").start();
        follow("n4", Standing.ACTIVE);
        world.process("n1").execute(() -> cluster.node("n1").membership().remove("n2", false, outcome -> {}));
        follow("n2", Standing.LEFT);
    }

    private void follow(String member, Standing end) {
        List<Double> shown = new ArrayList<>();
        boolean estimated = false;
        long endMillis = world.realtimeMillis() + PATIENCE_MILLIS;
        while (!isAt(member, end)) {
            assertThat(world.realtimeMillis()).as("%s is %s", member, end).isLessThan(endMillis);
            world.runFor(LOOK_MILLIS);
            // Not by the one that copies: what others know they have from it.
            Optional<ChangeProgress> change = cluster.node("n3").change();
            if (change.isPresent()) {
                assertThat(change.get().member()).isEqualTo(member);
                shown.add((double) change.get().total().copied()
                        / change.get().total().partitions());
                estimated |= change.get().leftMillis().orElse(0) > 0;
            }
        }
        assertThat(shown).isSorted().contains(0.0, 1.0).hasSizeGreaterThan(5);
        assertThat(shown.stream().filter(done -> done > 0 && done < 1).distinct())
                .as("steps between nothing and all, of %s", shown)
                .hasSizeGreaterThan(1);
        assertThat(estimated).isTrue();
    }

    private boolean isAt(String member, Standing end) {
        return cluster.node("n3")
                .table()
                .find(member)
                .filter(entry -> entry.standing() == end)
                .isPresent();
    }
}
