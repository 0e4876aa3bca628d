package io.quorate.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.simulation.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node shows how much it still owes while it delivers, not only when it has. */
final class HandoffProgressTest {
    private static final int PARTITIONS = 1_024;
    private static final int KEYS = 1_000;
    /** Large enough that the pace of repair spreads the delivery over seconds. */
    private static final Bytes VALUE = Bytes.utf8("\"" + "x".repeat(16_000) + "\"");

    private static final long LOOK_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 300_000;

    private final CalmCluster cluster =
            new CalmCluster(PARTITIONS, new Rules(true, false, false, false), List.of("n1", "n2", "n3"), List.of());
    private final World world = cluster.world;

    @Test
    void whatIsOwedShrinksAsItIsDelivered() {
        world.process("n3").crash();
        cluster.write(KEYS, VALUE, WriteOptions.DEFAULT);
        world.runUntil(() -> owed() > PARTITIONS / 4, 60_000);
        world.process("n3").start();
        List<Long> shown = new ArrayList<>();
        long endMillis = world.realtimeMillis() + PATIENCE_MILLIS;
        while (owed() > 0) {
            assertThat(world.realtimeMillis()).as("owed: %s", shown).isLessThan(endMillis);
            shown.add(owed());
            world.runFor(LOOK_MILLIS);
        }
        assertThat(shown.stream()
                        .distinct()
                        .sorted((a, b) -> Long.compare(b, a))
                        .toList())
                .as("steps from all to nothing, of %s", shown)
                .hasSizeGreaterThan(3)
                .isEqualTo(shown.stream().distinct().toList());
    }

    private long owed() {
        return cluster.node("n1").hints("n3");
    }
}
