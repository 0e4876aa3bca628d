package io.quorate.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Standing;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.Reply;
import io.quorate.core.message.Request;
import io.quorate.core.ring.Ring;
import io.quorate.node.replica.StorageKeys;
import io.quorate.simulation.Faults;
import io.quorate.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * What a cluster sends over its network when a node joins it, against the least that could be: the newcomer's fair share of all copies, each
 * sent once.
 */
final class JoinCostTest {
    private static final int SEEDS = 5;
    private static final int N = BucketProperties.DEFAULT.n();
    private static final double RATIO_MAX = 1.3;
    private static final int SECONDS_MAX = 600;

    /** States that were sent from one node to another, and their bytes. */
    private record Sent(long states, long bytes) {
        Sent plus(Bytes state) {
            return state.length() == 0 ? this : new Sent(states + 1, bytes + state.length());
        }
    }

    @Test
    void aJoinSendsLittleMoreThanItsShare(TestReporter reporter) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed, new Contents(256, 1_000, 20));
            run.writeAll();
            long copy = run.bytesOfACopy();
            for (int size = 4; size <= 5; size++) {
                Sent before = run.sent;
                run.join(size);
                double share = (double) N / size;
                double states = (run.sent.states() - before.states()) / (share * run.keys.size());
                double bytes = (run.sent.bytes() - before.bytes()) / (share * copy);
                reporter.publishEntry(String.format(
                        Locale.ROOT,
                        "seed %d, %d to %d nodes: %.3f of the least states, %.3f of the least bytes",
                        seed,
                        size - 1,
                        size,
                        states,
                        bytes));
                assertThat(states).as("seed %d, %d nodes", seed, size).isLessThanOrEqualTo(RATIO_MAX);
                assertThat(bytes).as("seed %d, %d nodes", seed, size).isLessThanOrEqualTo(RATIO_MAX);
            }
        }
    }

    /** Partitions that take longer than a claim lasts while nobody is heard of. */
    @Test
    void aJoinThatTakesLongSendsNothingTwice(TestReporter reporter) {
        Run run = new Run(0, new Contents(8, 300, 64_000));
        run.writeAll();
        long begun = run.world.nowMillis();
        Sent before = run.sent;
        run.join(4);
        double states = (run.sent.states() - before.states()) / (N / 4.0 * run.keys.size());
        reporter.publishEntry(String.format(
                Locale.ROOT, "%.3f of the least states, in %d ms", states, run.world.nowMillis() - begun));
        assertThat(states).isLessThanOrEqualTo(RATIO_MAX);
    }

    /** What a cluster holds. */
    private record Contents(int partitions, int keys, int valueBytes) {}

    /** One cluster that grows. */
    private static final class Run {
        private final World world;
        private final List<String> nodes;
        private final List<Key> keys;
        private final Bytes value;
        private Sent sent = new Sent(0, 0);

        Run(long seed, Contents contents) {
            world = new World(seed, Faults.CALM);
            // Other names are other places in the ring.
            nodes = IntStream.rangeClosed(1, 5)
                    .mapToObj(i -> "s" + seed + "n" + i)
                    .toList();
            value = Bytes.utf8("\"" + "v".repeat(contents.valueBytes()) + "\"");
            keys = IntStream.range(0, contents.keys())
                    .mapToObj(i -> Key.of("bucket", "key-" + i))
                    .toList();
            MemberTable founding = MemberTable.founding(new Members(
                    "simulated",
                    contents.partitions(),
                    1,
                    nodes.stream()
                            .limit(3)
                            .map(id -> new Member(id, id, "", "", 1))
                            .toList()));
            Rules rules = new Rules(true, false, false, true);
            nodes.forEach(id -> world.add(id, ports -> new SimulatedNode(ports, founding, rules)));
            world.network().codec(this::count, this::count);
            nodes.stream().limit(3).forEach(id -> world.process(id).start());
            world.runFor(3_000);
        }

        private Request count(Request request) {
            if (request instanceof Merge merge) {
                sent = sent.plus(merge.siblings());
            }
            return request;
        }

        private Reply count(Reply reply) {
            if (reply instanceof Fetched fetched && !fetched.digestOnly()) {
                sent = sent.plus(fetched.siblings());
            }
            return reply;
        }

        void writeAll() {
            List<Result<WriteAnswer>> answers = new ArrayList<>();
            Coordinator coordinator = node(nodes.get(0)).coordinator();
            for (Key key : keys) {
                world.process(nodes.get(0))
                        .execute(() ->
                                coordinator.put(key, value, WriteOptions.DEFAULT.withW(Quorum.ALL), answers::add));
                int expected = answers.size() + 1;
                world.runUntil(() -> answers.size() == expected, 10_000);
            }
            assertThat(answers).hasSize(keys.size()).allMatch(answer -> answer instanceof Result.Done);
            world.runFor(10_000);
        }

        /** Starts the next node; returns when every copy is where it belongs, and nowhere else. */
        void join(int size) {
            world.process(nodes.get(size - 1)).start();
            for (int seconds = 0; !isSettled(size); seconds += 5) {
                assertThat(seconds)
                        .as("seconds until %d nodes are settled", size)
                        .isLessThan(SECONDS_MAX);
                world.runFor(5_000);
            }
        }

        private boolean isSettled(int size) {
            MemberTable table = node(nodes.get(0)).table();
            boolean active = table.present().size() == size
                    && table.stream().map(MemberEntry::standing).allMatch(Standing.ACTIVE::equals);
            return active && nodes.stream().limit(size).allMatch(id -> hasItsCopies(id, Ring.of(table)));
        }

        private boolean hasItsCopies(String id, Ring ring) {
            Stream<Key> kept = keys.stream().filter(key -> ring.keeps(id, ring.partitionOf(key), N));
            List<Bytes> stored = world.process(id).disk().contents().keySet().stream()
                    .filter(StorageKeys::isData)
                    .toList();
            return kept.map(StorageKeys::data).sorted().toList().equals(stored);
        }

        /** Of all keys, which every one of three nodes has. */
        long bytesOfACopy() {
            return world.process(nodes.get(0)).disk().contents().entrySet().stream()
                    .filter(entry -> StorageKeys.isData(entry.getKey()))
                    .mapToLong(entry -> entry.getValue().length())
                    .sum();
        }

        private SimulatedNode node(String id) {
            return world.process(id).program(SimulatedNode.class);
        }
    }
}
