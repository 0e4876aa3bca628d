package io.quorate.benchmark;

import io.quorate.antientropy.KeyTrees;
import io.quorate.coordinator.runtime.SystemClock;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.ConflictRule;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.Reply;
import io.quorate.core.ring.Ring;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.RequestId;
import io.quorate.node.replica.Identity;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.StableCluster;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A replica's own work for a request, from message to message, hash trees included; its storage is in memory. */
@State(Scope.Thread)
public class ReplicaBenchmark {
    private static final Ring RING = Ring.of(new Members(
            "benchmark",
            64,
            1,
            IntStream.range(0, SampleStates.COPIES)
                    .mapToObj(i -> new Member("node-" + i, "", "", "", 1))
                    .toList()));
    private static final int KEYS = 1024;

    private final Key[] keys = IntStream.range(0, KEYS)
            .mapToObj(i -> Key.of("users", "alice-" + i))
            .toArray(Key[]::new);
    private final SplittableRandom random = new SplittableRandom(1);
    private final Side stamping = new Side("node-0");
    private final Side merging = new Side("node-1");
    private final Context[] seen = new Context[KEYS];
    private int next;
    private long requests;

    /** A replica, and the latest answers it gave. */
    private static final class Side {
        final MemoryStorage storage = new MemoryStorage();
        final Replica replica;
        Reply first;
        Reply last;

        Side(String node) {
            HybridClock clock = new HybridClock(new SystemClock(), 0, 0, 60_000);
            KeyTrees trees = new KeyTrees(
                    RING, IntStream.range(0, RING.partitions()).boxed().toList());
            // It answers requests and begins nothing: transport and scheduler are not used.
            replica = new Replica(
                    new Replica.Surroundings(storage, null, null, new StableCluster(RING, node)),
                    trees,
                    clock,
                    new Identity(new Actor(node, 1), 0, clock, new SplittableRandom(1)),
                    new Replica.Limits(10, 10));
            trees.build(replica.keys(), () -> {});
        }

        void ask(ReplicaRequest request) {
            first = null;
            replica.handle(request, this::onReply);
            storage.commit();
        }

        private void onReply(Reply reply) {
            first = first == null ? reply : first;
            last = reply;
        }
    }

    /** Puts a value under every key of both replicas. */
    @Setup
    public void prepare() {
        Arrays.fill(seen, Context.EMPTY);
        for (int i = 0; i < KEYS; i++) {
            putAndMerge();
        }
    }

    /** A client's write that replaces the one before it. */
    @Benchmark
    public Bytes put() {
        next = (next + 1) % KEYS;
        stamping.ask(new Stamp(
                keys[next],
                seen[next],
                Optional.of(SampleStates.VALUE),
                0,
                new RequestId(random.nextLong(), requests++),
                false,
                SampleStates.COPIES,
                ConflictRule.SIBLINGS,
                List.of()));
        require(stamping.last instanceof Durable, stamping.last);
        Stamped stamped = (Stamped) stamping.first;
        require(stamped.versions() == 1, stamped);
        seen[next] = Context.EMPTY.withDot(stamped.dot());
        return stamped.siblings();
    }

    /** The same, and another replica's merge of it. */
    @Benchmark
    public Reply putAndMerge() {
        Bytes siblings = put();
        merging.ask(new Merge(keys[next], siblings, List.of()));
        require(merging.last instanceof Durable, merging.last);
        return merging.last;
    }

    @Benchmark
    public Reply get() {
        next = (next + 1) % KEYS;
        stamping.ask(new Fetch(keys[next], Integer.MAX_VALUE));
        require(stamping.last instanceof Fetched, stamping.last);
        return stamping.last;
    }

    private static void require(boolean right, Reply answer) {
        if (!right) {
            throw new IllegalStateException("unexpected: " + answer);
        }
    }
}
