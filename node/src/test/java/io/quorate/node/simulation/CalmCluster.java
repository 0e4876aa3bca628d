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

/** A simulated cluster in which nothing fails but what a test has fail. */
final class CalmCluster {
    final World world = new World(1, Faults.CALM);

    /**
     * Starts it.
     *
     * @param rules by which nodes also join that the test starts later
     */
    CalmCluster(int partitions, Rules rules, List<String> founders, List<String> later) {
        List<Member> members =
                founders.stream().map(id -> new Member(id, id, "", "", 1)).toList();
        MemberTable founding = MemberTable.founding(new Members("simulated", partitions, 1, members));
        founders.forEach(id -> world.add(id, ports -> new SimulatedNode(ports, founding, rules)));
        later.forEach(id -> world.add(id, ports -> new SimulatedNode(ports, founding, rules)));
        founders.forEach(id -> world.process(id).start());
        world.runFor(3_000);
    }

    SimulatedNode node(String id) {
        return world.process(id).program(SimulatedNode.class);
    }

    /** Writes so many keys, each of which must be acknowledged. */
    void write(int keys, Bytes value, WriteOptions options) {
        List<Result<WriteAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            Key key = Key.of("bucket", "key-" + i);
            world.process("n1").execute(() -> node("n1").coordinator().put(key, value, options, answers::add));
        }
        world.runUntil(() -> answers.size() == keys, 60_000);
        assertThat(answers).allMatch(answer -> answer instanceof Result.Done);
    }
}
