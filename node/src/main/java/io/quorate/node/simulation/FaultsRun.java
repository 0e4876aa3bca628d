package io.quorate.node.simulation;

import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Standing;
import io.quorate.core.ring.Ring;
import io.quorate.core.version.Context;
import io.quorate.core.version.SiblingsCodec;
import io.quorate.node.replica.EntryTag;
import io.quorate.node.replica.StorageKeys;
import io.quorate.node.simulation.Scenario.Verdict;
import io.quorate.simulation.DiskSnapshot;
import io.quorate.simulation.SimulatedProcess;
import io.quorate.simulation.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One run: clients at work while the nemesis strikes, then healing, then the final reckoning.
 *
 * <p>All along, a strict read must reflect every write that was strictly acknowledged before it began. At the end, with all
 * nodes reachable, the replicas of every key become identical without being read, and every acknowledged write is found or
 * replaced by one that had seen it.
 */
final class FaultsRun {
    private static final int CLIENTS = 4;
    private static final int KEYS = 5;
    private static final int JOINERS = 2;
    private static final long CALM_MILLIS = 5_000;
    private static final long TROUBLE_MILLIS = 55_000;
    private static final long HEALING_MILLIS = 10_000;
    private static final long CONVERGENCE_MILLIS_MAX = 60_000;
    private static final int PATIENT_MILLIS = 30_000;

    private final SimulatedCluster cluster;
    private final World world;
    private final List<String> nodes;
    private final History history;
    private final List<Client> clients = new ArrayList<>();
    private final List<Key> keys;
    private final RandomGenerator random;
    private final Rules rules;

    FaultsRun(long seed, int nodeCount, Rules rules) {
        this.rules = rules;
        history = new History(rules.oldDisk());
        cluster = SimulatedCluster.of(seed, nodeCount, rules.elastic() ? JOINERS : 0, rules, id -> "");
        world = cluster.world();
        random = cluster.random();
        nodes = cluster.nodes();
        keys = IntStream.range(0, KEYS)
                .mapToObj(i -> Key.of("bucket", "key-" + i))
                .toList();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(history, keys, world.random("client/" + i)));
        }
    }

    Verdict play() {
        world.runFor(3_000);
        clients.forEach(client ->
                cluster.keepDoing(300, () -> cluster.atSomeNode(node -> client.act(node, cluster::retryLater))));
        if (rules.elastic()) {
            changeMembers();
        }
        world.runFor(CALM_MILLIS);
        DiskSnapshot backup = world.process(nodes.get(1)).disk().snapshot();
        cluster.suffer(TROUBLE_MILLIS);
        cluster.endWork();
        world.runFor(HEALING_MILLIS);
        converge();
        if (rules.oldDisk()) {
            comeBackWith(backup);
        }
        keys.forEach(this::reckon);
        keys.forEach(this::requireIdentical);
        return new Verdict(
                world.traceHash(),
                history.attempts().size(),
                (int) history.attempts().stream()
                        .filter(attempt -> attempt.acknowledged)
                        .count(),
                clients.stream().mapToInt(Client::reads).sum(),
                clients.stream().mapToInt(Client::comparisons).sum());
    }

    /** Newcomers start at any time; later, any members are asked to leave, one of them perhaps by a node that just died. */
    private void changeMembers() {
        for (String newcomer : nodes.subList(nodes.size() - JOINERS, nodes.size())) {
            world.schedule(random.nextLong(CALM_MILLIS + TROUBLE_MILLIS / 3), () -> {
                if (!world.process(newcomer).isRunning()) {
                    world.process(newcomer).start();
                }
            });
        }
        for (int i = 0; i < JOINERS; i++) {
            String leaver = nodes.get(random.nextInt(nodes.size()));
            world.schedule(
                    CALM_MILLIS + TROUBLE_MILLIS / 3 + random.nextLong(TROUBLE_MILLIS / 2), () -> dismiss(leaver));
        }
    }

    private void dismiss(String leaver) {
        SimulatedProcess process = world.process(nodes.get(random.nextInt(nodes.size())));
        if (process.isRunning()) {
            SimulatedNode node = process.program(SimulatedNode.class);
            process.execute(() -> node.membership().remove(leaver, false, outcome -> {}));
        }
    }

    /** By the members as they are now. */
    private Ring ring() {
        return Ring.of(table());
    }

    private MemberTable table() {
        return nodes.stream()
                .map(world::process)
                .filter(SimulatedProcess::isRunning)
                .map(process -> process.program(SimulatedNode.class).table())
                .max(Comparator.comparing(MemberTable::epoch))
                .orElseThrow();
    }

    private void converge() {
        until(this::troubles, "a minute after all was healed, ");
    }

    /** Runs until there is no trouble any more. */
    private void until(Supplier<Optional<String>> troubles, String otherwise) {
        for (long waited = 0; waited < CONVERGENCE_MILLIS_MAX && troubles.get().isPresent(); waited += 1_000) {
            world.runFor(1_000);
        }
        troubles.get().ifPresent(trouble -> {
            throw new ViolationException(otherwise + trouble);
        });
    }

    /** Some keys are deleted and reaped, and a node whose disk remembers them comes back: alone, or all nodes start at once. */
    private void comeBackWith(DiskSnapshot backup) {
        keys.subList(0, keys.size() / 2).forEach(this::delete);
        until(this::tombstones, "a minute after keys were deleted, ");
        SimulatedProcess process = world.process(nodes.get(1));
        List<SimulatedProcess> restarting = random.nextBoolean()
                ? List.of(process)
                : nodes.stream().map(world::process).toList();
        restarting.forEach(SimulatedProcess::crash);
        if (random.nextBoolean()) {
            process.disk().restore(backup);
        } else {
            process.disk().restoreUnnoticed(backup);
        }
        restarting.forEach(SimulatedProcess::start);
        world.runFor(HEALING_MILLIS);
        converge();
    }

    private void delete(Key key) {
        Result<ReadAnswer> result = await((node, done) -> node.get(key, everything(), done));
        if (result instanceof Result.Done<ReadAnswer> read) {
            Attempt attempt = history.attempt(key, true, history.seenIn(key, read.answer()));
            WriteOptions options = WriteOptions.DEFAULT
                    .withContext(read.answer().context())
                    .withIdempotencyKey(attempt.idempotencyKey());
            Result<WriteAnswer> written = await((node, done) -> node.delete(key, options, done));
            attempt.acknowledged = written instanceof Result.Done<WriteAnswer>;
        }
    }

    /** A key of which nothing but tombstones is left, somewhere. */
    private Optional<String> tombstones() {
        for (String node : nodes) {
            for (Map.Entry<Bytes, Bytes> record :
                    world.process(node).disk().contents().entrySet()) {
                if (StorageKeys.isData(record.getKey())
                        && !EntryTag.isLive(EntryTag.of(SiblingsCodec.decode(record.getValue())))) {
                    return Optional.of(node + " still has a tombstone of " + StorageKeys.toKey(record.getKey()));
                }
            }
        }
        return Optional.empty();
    }

    private static ReadOptions everything() {
        return new ReadOptions(
                Optional.empty(),
                Optional.of(Quorum.ALL),
                Optional.of(false),
                PATIENT_MILLIS,
                ReadRepair.SYNC,
                Context.EMPTY);
    }

    /** Reads a key from all its own replicas, and from them alone. */
    private void reckon(Key key) {
        Result<ReadAnswer> result = await((node, done) -> node.get(key, everything(), done));
        if (result instanceof Result.Done<ReadAnswer> done) {
            history.requireNoneMissing(key, history.acknowledged(key, false), done.answer(), "the healed cluster");
        } else {
            throw new ViolationException("the healed cluster cannot read " + key + ": " + result);
        }
        world.runFor(1_000);
    }

    /** What still keeps the replicas from being one, as their disks and trees show it. */
    private Optional<String> troubles() {
        if (rules.elastic()) {
            Optional<String> changing = changing();
            if (changing.isPresent()) {
                return changing;
            }
        }
        return rules.handoff()
                ? owed().or(this::leftOver).or(this::differing).or(this::untrue)
                : differing().or(this::untrue);
    }

    /** Whoever comes or goes must have arrived, and all who stay must agree on who they are. */
    private Optional<String> changing() {
        MemberTable latest = table();
        Optional<String> step = latest.stream()
                .filter(entry -> entry.standing() != Standing.ACTIVE && entry.standing() != Standing.LEFT)
                .findFirst()
                .map(entry -> entry.id() + " is still " + entry.standing() + ", waiting for "
                        + world.process(member()).program(SimulatedNode.class).waitedFor());
        return step.or(() -> latest.present().stream()
                .map(MemberEntry::id)
                .filter(id ->
                        world.process(id).program(SimulatedNode.class).table().ringDigest() != latest.ringDigest())
                .findFirst()
                .map(id -> id + " goes by another ring"));
    }

    private Optional<String> owed() {
        for (String node : nodes) {
            for (Bytes record : world.process(node).disk().contents().keySet()) {
                if (StorageKeys.isOwed(record)) {
                    return Optional.of(
                            node + " owes " + new String(record.array(), java.nio.charset.StandardCharsets.ISO_8859_1)
                                    + record.length() + table());
                }
            }
        }
        return Optional.empty();
    }

    /** A fallback's copy is of use until it is handed over; after that it only stays behind, and blocks the reaping of tombstones. */
    private Optional<String> leftOver() {
        Ring ring = ring();
        for (String node : nodes) {
            for (Key key : keys) {
                Bytes state = world.process(node).disk().contents().get(StorageKeys.data(key));
                if (state != null
                        && !ring.keeps(
                                node,
                                ring.partitionOf(key),
                                SiblingsCodec.decode(state).n())) {
                    return Optional.of(node + " keeps a copy of " + key + " that it is no replica of");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> differing() {
        Ring ring = ring();
        for (Key key : keys) {
            List<String> preference = ring.preference(ring.partitionOf(key));
            Bytes record = StorageKeys.data(key);
            List<Bytes> states = preference.stream()
                    .limit(BucketProperties.DEFAULT.n())
                    .map(node -> world.process(node).disk().contents().getOrDefault(record, Bytes.EMPTY))
                    .distinct()
                    .toList();
            if (states.size() > 1) {
                return Optional.of("the replicas of " + key + " differ");
            }
        }
        return Optional.empty();
    }

    /** Trees that went along with all that happened must be the ones that a look at the disk would build. */
    private Optional<String> untrue() {
        Ring ring = ring();
        return nodes.stream()
                .filter(node -> !world.process(node)
                        .program(SimulatedNode.class)
                        .trees()
                        .isSameAs(
                                StoredTrees.of(ring, world.process(node).disk().contents())))
                .findFirst()
                .map(node -> "the trees of " + node + " do not match what it stores");
    }

    private void requireIdentical(Key key) {
        Inspection inspection = await((node, done) -> node.inspect(key, PATIENT_MILLIS, done));
        if (!inspection.agree()) {
            throw new ViolationException("replicas of " + key + " differ after a repairing read: " + inspection);
        }
    }

    /** Asks a member. */
    private <T> T await(BiConsumer<Coordinator, Consumer<T>> question) {
        return cluster.ask(member(), question);
    }

    private String member() {
        return table().present().get(0).id();
    }
}
