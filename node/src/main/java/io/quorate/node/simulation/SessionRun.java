package io.quorate.node.simulation;

import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Key;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.node.simulation.Scenario.Verdict;
import io.quorate.simulation.Faults;
import io.quorate.simulation.Nemesis;
import io.quorate.simulation.NemesisPlan;
import io.quorate.simulation.SimulatedProcess;
import io.quorate.simulation.World;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One run: many short sessions at r=w=1, whose requests wander between nodes while replicas lag and the nemesis strikes.
 *
 * <p>With tokens no session misses its own writes or sees less than before. That it does without them is what makes this a test.
 */
final class SessionRun {
    private static final int KEYS = 12;
    private static final int KEYS_OF_SESSION = 2;
    private static final int REQUESTS = 6;
    private static final int PARTITIONS = 16;
    private static final long TROUBLE_MILLIS = 40_000;
    private static final long REST_MILLIS = 10_000;

    private final World world;
    private final List<String> nodes;
    private final int sessions;
    private final boolean carryTokens;
    private final History history = new History(false);
    private final SimulatedSession.Counts counts = new SimulatedSession.Counts();
    private final RandomGenerator random;

    /**
     * Prepares it.
     *
     * @param carryTokens whether reads say what their sessions have seen
     */
    SessionRun(long seed, int nodeCount, Rules rules, int sessions, boolean carryTokens) {
        this.sessions = sessions;
        this.carryTokens = carryTokens;
        world = new World(seed, Faults.ROUGH);
        random = world.random("scenario");
        nodes = IntStream.rangeClosed(1, nodeCount).mapToObj(i -> "n" + i).toList();
        MemberTable founding = MemberTable.founding(new Members(
                "simulated",
                PARTITIONS,
                1,
                nodes.stream().map(id -> new Member(id, id, "", "", 1)).toList()));
        nodes.forEach(id -> world.add(id, ports -> new SimulatedNode(ports, founding, rules))
                .start());
    }

    /** Plays to the end, and fails if a session was shown too little. */
    Verdict play() {
        SimulatedSession.Counts found = run();
        if (found.stale + found.backward > 0) {
            throw new ViolationException(found.stale + " reads lacked what their session wrote, and " + found.backward
                    + " what it was shown before");
        }
        int acknowledged = (int) history.attempts().stream()
                .filter(attempt -> attempt.acknowledged)
                .count();
        return new Verdict(world.traceHash(), history.attempts().size(), acknowledged, found.reads, found.reads);
    }

    /** Plays to the end, and tells what was found. */
    SimulatedSession.Counts run() {
        world.runFor(3_000);
        Nemesis nemesis = new Nemesis(world, nodes, NemesisPlan.usual(nodes.size() / 2));
        nemesis.begin();
        for (int i = 0; i < sessions; i++) {
            List<Key> keys = random.ints(0, KEYS)
                    .distinct()
                    .limit(KEYS_OF_SESSION)
                    .mapToObj(number -> Key.of("bucket", "key-" + number))
                    .toList();
            SimulatedSession session =
                    new SimulatedSession(history, keys, carryTokens, world.random("session/" + i), counts);
            world.schedule(random.nextLong(TROUBLE_MILLIS), () -> goOn(session, REQUESTS));
        }
        world.runFor(TROUBLE_MILLIS);
        nemesis.healAll();
        world.runFor(REST_MILLIS);
        return counts;
    }

    private void goOn(SimulatedSession session, int left) {
        if (left > 0) {
            Runnable next = () -> world.schedule(1 + random.nextLong(20), () -> goOn(session, left - 1));
            atSomeNode(node -> session.act(node, next), next);
        }
    }

    private void atSomeNode(Consumer<Coordinator> task, Runnable otherwise) {
        SimulatedProcess process = world.process(nodes.get(random.nextInt(nodes.size())));
        if (process.isRunning()) {
            SimulatedNode node = process.program(SimulatedNode.class);
            process.execute(() -> task.accept(node.coordinator()));
        } else {
            otherwise.run();
        }
    }
}
