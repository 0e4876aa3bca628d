package io.quorate.node.simulation;

import io.quorate.coordinator.api.GroupAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.core.Group;
import io.quorate.node.simulation.Scenario.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One run: clients write and read groups of keys while the nemesis strikes.
 *
 * <p>All along, who sees a write sees every write of the group that was acknowledged before that one was issued: never the answer
 * without the question. At the end every node shows all that was acknowledged, and all replicas are one.
 */
final class GroupRun {
    private static final int CLIENTS = 4;
    private static final int GROUPS = 3;
    private static final long TROUBLE_MILLIS = 40_000;
    private static final long CONVERGENCE_MILLIS_MAX = 120_000;

    private final SimulatedCluster cluster;
    private final List<Group> groups;
    private final GroupHistory history = new GroupHistory();
    private final List<GroupClient> clients = new ArrayList<>();

    GroupRun(long seed, int nodeCount, Rules rules) {
        cluster = SimulatedCluster.of(seed, nodeCount, rules);
        groups = IntStream.range(0, GROUPS)
                .mapToObj(i -> new Group("bucket", "thread-" + i))
                .toList();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new GroupClient(history, groups, cluster.world().random("client/" + i)));
        }
    }

    Verdict play() {
        cluster.world().runFor(3_000);
        clients.forEach(client ->
                cluster.keepDoing(300, () -> cluster.atSomeNode(node -> client.act(node, cluster::retryLater))));
        cluster.sufferAtWork(TROUBLE_MILLIS);
        for (Group group : groups) {
            GroupClient.keys(group)
                    .forEach(key -> cluster.until(
                            "the replicas of " + key + " differ", CONVERGENCE_MILLIS_MAX, () -> cluster.isAgreed(key)));
            cluster.nodes().forEach(node -> history.require(history.acknowledged(group), read(group, node), node));
        }
        return new Verdict(
                cluster.world().traceHash(),
                history.issued(),
                history.acknowledged(),
                clients.stream().mapToInt(GroupClient::reads).sum(),
                history.comparisons());
    }

    private GroupAnswer read(Group group, String node) {
        Result<GroupAnswer> result = cluster.ask(node, (at, done) -> at.readGroup(group, ReadOptions.DEFAULT, done));
        if (result instanceof Result.Done<GroupAnswer> done) {
            return done.answer();
        }
        throw new ViolationException("the healed cluster cannot read " + group + ": " + result);
    }
}
