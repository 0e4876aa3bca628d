package io.quorate.node.simulation;

import io.quorate.core.Key;
import io.quorate.node.simulation.Scenario.Verdict;
import io.quorate.simulation.World;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One run: many short sessions at r=w=1, whose requests wander between nodes while replicas lag and the nemesis strikes.
 *
 * <p>With tokens no session misses its own writes or sees less than before. That it does without them is what makes this a test.
 */
final class SessionRun {
    private static final int KEYS = 12;
    private static final int KEYS_OF_SESSION = 2;
    private static final int REQUESTS = 6;
    private static final long TROUBLE_MILLIS = 40_000;
    private static final long REST_MILLIS = 10_000;

    private final SimulatedCluster cluster;
    private final World world;
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
        cluster = SimulatedCluster.of(seed, nodeCount, rules);
        world = cluster.world();
        random = cluster.random();
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
        cluster.suffer(TROUBLE_MILLIS);
        world.runFor(REST_MILLIS);
        return counts;
    }

    private void goOn(SimulatedSession session, int left) {
        if (left > 0) {
            Runnable next = () -> world.schedule(1 + random.nextLong(20), () -> goOn(session, left - 1));
            cluster.atOneOf(cluster.nodes(), node -> session.act(node, next), next);
        }
    }
}
