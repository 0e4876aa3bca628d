package io.quorate.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.simulation.Faults;
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
    private static final List<String> NODES = List.of("n1", "n2", "n3");

    private final World world = new World(1, Faults.CALM);

    @Test
    void whatIsOwedShrinksAsItIsDelivered() {
        start();
        world.process("n3").crash();
        write();
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
        return world.process("n1").program(SimulatedNode.class).hints("n3");
    }

    private void start() {
        List<Member> founders =
                NODES.stream().map(id -> new Member(id, id, "", "", 1)).toList();
        MemberTable founding = MemberTable.founding(new Members("simulated", PARTITIONS, 1, founders));
        Rules rules = new Rules(true, false, false, false);
        NODES.forEach(id -> world.add(id, ports -> new SimulatedNode(ports, founding, rules)));
        NODES.forEach(id -> world.process(id).start());
        world.runFor(3_000);
    }

    private void write() {
        List<Result<WriteAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            Key key = Key.of("bucket", "key-" + i);
            world.process("n1")
                    .execute(() -> world.process("n1")
                            .program(SimulatedNode.class)
                            .coordinator()
                            .put(key, VALUE, WriteOptions.DEFAULT, answers::add));
        }
        world.runUntil(() -> answers.size() == KEYS, 60_000);
        assertThat(answers).allMatch(answer -> answer instanceof Result.Done);
    }
}
