package io.quorate.node.simulation;

import io.quorate.coordinator.api.GroupAnswer;
import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Group;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
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
    private static final int PARTITIONS = 16;
    private static final long TROUBLE_MILLIS = 40_000;
    private static final long CONVERGENCE_MILLIS_MAX = 120_000;

    private final World world;
    private final List<String> nodes;
    private final List<Group> groups;
    private final GroupHistory history = new GroupHistory();
    private final List<GroupClient> clients = new ArrayList<>();
    private final RandomGenerator random;
    private boolean working = true;

    GroupRun(long seed, int nodeCount, Rules rules) {
        world = new World(seed, Faults.ROUGH);
        random = world.random("scenario");
        nodes = IntStream.rangeClosed(1, nodeCount).mapToObj(i -> "n" + i).toList();
        groups = IntStream.range(0, GROUPS)
                .mapToObj(i -> new Group("bucket", "thread-" + i))
                .toList();
        MemberTable founding = MemberTable.founding(new Members(
                "simulated",
                PARTITIONS,
                1,
                nodes.stream().map(id -> new Member(id, id, "", "", 1)).toList()));
        nodes.forEach(id -> world.add(id, ports -> new SimulatedNode(ports, founding, rules))
                .start());
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new GroupClient(history, groups, world.random("client/" + i)));
        }
    }

    Verdict play() {
        world.runFor(3_000);
        clients.forEach(this::actSoon);
        Nemesis nemesis = new Nemesis(world, nodes, NemesisPlan.usual(nodes.size() / 2));
        nemesis.begin();
        world.runFor(TROUBLE_MILLIS);
        working = false;
        nemesis.healAll();
        world.use(Faults.CALM);
        world.runFor(5_000);
        for (Group group : groups) {
            GroupClient.keys(group).forEach(key -> until("the replicas of " + key + " differ", () -> isAgreed(key)));
            nodes.forEach(node -> history.require(history.acknowledged(group), read(group, node), node));
        }
        return new Verdict(
                world.traceHash(),
                history.issued(),
                history.acknowledged(),
                clients.stream().mapToInt(GroupClient::reads).sum(),
                history.comparisons());
    }

    private GroupAnswer read(Group group, String node) {
        Result<GroupAnswer> result = await(node, (at, done) -> at.readGroup(group, ReadOptions.DEFAULT, done));
        if (result instanceof Result.Done<GroupAnswer> done) {
            return done.answer();
        }
        throw new ViolationException("the healed cluster cannot read " + group + ": " + result);
    }

    private boolean isAgreed(Key key) {
        return this.<Inspection>await(nodes.get(0), (at, done) -> at.inspect(key, 2_000, done))
                .agree();
    }

    private void until(String otherwise, BooleanSupplier holds) {
        for (long waited = 0; !holds.getAsBoolean(); waited += 1_000) {
            if (waited > CONVERGENCE_MILLIS_MAX) {
                throw new ViolationException("two minutes after all was healed, " + otherwise);
            }
            world.runFor(1_000);
        }
    }

    private void actSoon(GroupClient client) {
        world.schedule(1 + random.nextLong(300), () -> {
            if (working) {
                atSomeNode(node -> client.act(node, this::retryLater));
                actSoon(client);
            }
        });
    }

    private void retryLater(Consumer<Coordinator> retry) {
        world.schedule(1 + random.nextLong(1_000), () -> {
            if (working) {
                atSomeNode(retry);
            }
        });
    }

    private void atSomeNode(Consumer<Coordinator> task) {
        SimulatedProcess process = world.process(nodes.get(random.nextInt(nodes.size())));
        if (process.isRunning()) {
            SimulatedNode node = process.program(SimulatedNode.class);
            process.execute(() -> task.accept(node.coordinator()));
        }
    }

    private <T> T await(String node, BiConsumer<Coordinator, Consumer<T>> question) {
        List<T> answers = new ArrayList<>();
        SimulatedProcess process = world.process(node);
        Coordinator coordinator = process.program(SimulatedNode.class).coordinator();
        process.execute(() -> question.accept(coordinator, answers::add));
        world.runUntil(() -> !answers.isEmpty(), 10_000);
        if (answers.size() != 1) {
            throw new ViolationException("a request was answered " + answers.size() + " times");
        }
        return answers.get(0);
    }
}
