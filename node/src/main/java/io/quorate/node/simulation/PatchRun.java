package io.quorate.node.simulation;

import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Bytes;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.datatype.DataType;
import io.quorate.core.datatype.ElementId;
import io.quorate.node.simulation.Scenario.Verdict;
import io.quorate.simulation.Faults;
import io.quorate.simulation.Nemesis;
import io.quorate.simulation.NemesisPlan;
import io.quorate.simulation.SimulatedProcess;
import io.quorate.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One run: clients patch a counter, a set, a document and a list while the nemesis strikes, and repeat each patch until it is done.
 *
 * <p>At the end every patch counts once, whatever replicas carried it out: the counter is exact, the set has what was added and not
 * removed, the fields are what was set last, and the list has every element once, in one order at all replicas.
 */
final class PatchRun {
    private static final int CLIENTS = 4;
    private static final int PARTITIONS = 16;
    private static final long TROUBLE_MILLIS = 40_000;
    private static final long CONVERGENCE_MILLIS_MAX = 120_000;

    private final World world;
    private final List<String> nodes;
    private final List<PatchClient> clients = new ArrayList<>();
    private final RandomGenerator random;
    private boolean working = true;

    PatchRun(long seed, int nodeCount, Rules rules) {
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
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new PatchClient(i, world.random("client/" + i)));
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
        until("some patches are never acknowledged", () -> {
            clients.forEach(client -> atSomeNode(client::repeat));
            return clients.stream().allMatch(PatchClient::isDone);
        });
        for (DataType type : DataType.values()) {
            until("the replicas of the " + type.label() + " differ", () -> isAgreed(type));
            nodes.forEach(node -> reckon(type, node));
        }
        int begun = clients.stream().mapToInt(PatchClient::begun).sum();
        int repeated = clients.stream().mapToInt(PatchClient::repeated).sum();
        return new Verdict(world.traceHash(), begun + repeated, begun, nodes.size() * 4, begun);
    }

    private void reckon(DataType type, String node) {
        ReadAnswer read = read(type, node);
        if (read.versions().size() != 1 || read.typed().isEmpty()) {
            throw new ViolationException("a " + type.label() + " is shown as " + read.versions());
        }
        String shown = read.versions().get(0).value().orElseThrow().toUtf8();
        switch (type) {
            case COUNTER -> {
                long total = clients.stream().mapToLong(PatchClient::added).sum();
                require(shown.equals(Long.toString(total)), type, shown, Long.toString(total));
            }
            case SET -> {
                TreeSet<Bytes> all = new TreeSet<>();
                clients.forEach(client -> all.addAll(client.elements()));
                String expected = all.stream().map(Bytes::toUtf8).collect(Collectors.joining(",", "[", "]"));
                require(shown.equals(expected), type, shown, expected);
            }
            case DOCUMENT -> {
                String expected = clients.stream()
                        .map(PatchClient::fieldAsJson)
                        .filter(field -> !field.endsWith("null"))
                        .collect(Collectors.joining(",", "{", "}"));
                boolean silent = read.typed().get().conflicts().isEmpty();
                require(shown.equals(expected) && silent, type, shown, expected);
            }
            case LIST -> requireOrder(read.typed().get().elements());
        }
    }

    private void requireOrder(List<ElementId> shown) {
        int count = 0;
        for (PatchClient client : clients) {
            List<ElementId> own = new ArrayList<>(shown);
            own.retainAll(client.inserted());
            require(
                    own.equals(client.inserted()),
                    DataType.LIST,
                    own.toString(),
                    client.inserted().toString());
            count += own.size();
        }
        require(count == shown.size(), DataType.LIST, "of " + shown.size(), "of " + count);
    }

    private static void require(boolean holds, DataType type, String shown, String expected) {
        if (!holds) {
            throw new ViolationException("the " + type.label() + " is " + shown + "; it should be " + expected);
        }
    }

    private ReadAnswer read(DataType type, String node) {
        Result<ReadAnswer> result = await(node, (at, done) -> at.get(PatchClient.key(type), ReadOptions.DEFAULT, done));
        if (result instanceof Result.Done<ReadAnswer> done) {
            return done.answer();
        }
        throw new ViolationException("the healed cluster cannot read the " + type.label() + ": " + result);
    }

    private boolean isAgreed(DataType type) {
        return this.<Inspection>await(nodes.get(0), (at, done) -> at.inspect(PatchClient.key(type), 2_000, done))
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

    private void actSoon(PatchClient client) {
        world.schedule(1 + random.nextLong(300), () -> {
            if (working) {
                atSomeNode(client::act);
                actSoon(client);
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

    /** A question to a coordinator, and where its answer goes. */
    private interface Question<T> {
        void ask(Coordinator coordinator, Consumer<T> done);
    }

    private <T> T await(String node, Question<T> question) {
        List<T> answers = new ArrayList<>();
        SimulatedProcess process = world.process(node);
        Coordinator coordinator = process.program(SimulatedNode.class).coordinator();
        process.execute(() -> question.ask(coordinator, answers::add));
        world.runUntil(() -> !answers.isEmpty(), 10_000);
        if (answers.size() != 1) {
            throw new ViolationException("a request was answered " + answers.size() + " times");
        }
        return answers.get(0);
    }
}
