package io.quorate.node.simulation;

import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.core.Bytes;
import io.quorate.core.datatype.DataType;
import io.quorate.core.datatype.ElementId;
import io.quorate.node.simulation.Scenario.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One run: clients patch a counter, a set, a document and a list while the nemesis strikes, and repeat each patch until it is done.
 *
 * <p>At the end every patch counts once, whatever replicas carried it out: the counter is exact, the set has what was added and not
 * removed, the fields are what was set last, and the list has every element once, in one order at all replicas.
 */
final class PatchRun {
    private static final int CLIENTS = 4;
    private static final long TROUBLE_MILLIS = 40_000;
    private static final long CONVERGENCE_MILLIS_MAX = 120_000;

    private final SimulatedCluster cluster;
    private final List<PatchClient> clients = new ArrayList<>();

    PatchRun(long seed, int nodeCount, Rules rules) {
        cluster = SimulatedCluster.of(seed, nodeCount, rules);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new PatchClient(i, cluster.world().random("client/" + i)));
        }
    }

    Verdict play() {
        cluster.world().runFor(3_000);
        clients.forEach(client -> cluster.keepDoing(300, () -> cluster.atSomeNode(client::act)));
        cluster.sufferAtWork(TROUBLE_MILLIS);
        cluster.until("some patches are never acknowledged", CONVERGENCE_MILLIS_MAX, () -> {
            clients.forEach(client -> cluster.atSomeNode(client::repeat));
            return clients.stream().allMatch(PatchClient::isDone);
        });
        for (DataType type : DataType.values()) {
            cluster.until(
                    "the replicas of the " + type.label() + " differ",
                    CONVERGENCE_MILLIS_MAX,
                    () -> cluster.isAgreed(PatchClient.key(type)));
            cluster.nodes().forEach(node -> reckon(type, node));
        }
        int begun = clients.stream().mapToInt(PatchClient::begun).sum();
        int repeated = clients.stream().mapToInt(PatchClient::repeated).sum();
        return new Verdict(
                cluster.world().traceHash(),
                begun + repeated,
                begun,
                cluster.nodes().size() * 4,
                begun);
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
        Result<ReadAnswer> result =
                cluster.ask(node, (at, done) -> at.get(PatchClient.key(type), ReadOptions.DEFAULT, done));
        if (result instanceof Result.Done<ReadAnswer> done) {
            return done.answer();
        }
        throw new ViolationException("the healed cluster cannot read the " + type.label() + ": " + result);
    }
}
