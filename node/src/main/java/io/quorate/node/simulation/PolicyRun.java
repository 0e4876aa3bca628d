package io.quorate.node.simulation;

import io.quorate.coordinator.api.Inspection;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.BucketProperties;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import io.quorate.node.replica.StorageKeys;
import io.quorate.node.simulation.Scenario.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run: clients write keys of buckets of every conflict policy while the nemesis strikes.
 *
 * <p>At the end all replicas of a key are equal, hold what was acknowledged and not replaced, and every node shows what the policy makes
 * of that, by an oracle of its own.
 */
final class PolicyRun {
    private static final int CLIENTS = 4;
    private static final long TROUBLE_MILLIS = 40_000;
    private static final long CONVERGENCE_MILLIS_MAX = 120_000;

    private final SimulatedCluster cluster;
    private final PolicyOracle oracle = new PolicyOracle();
    private final List<PolicyClient> clients = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private int comparisons;

    PolicyRun(long seed, int nodeCount, Rules rules) {
        cluster = SimulatedCluster.of(seed, nodeCount, rules);
        cluster.onKept((record, value) -> {
            if (StorageKeys.isData(record)) {
                oracle.kept(SiblingsCodec.decode(value));
            }
        });
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new PolicyClient(i, oracle, cluster.world().random("client/" + i)));
        }
        for (ConflictPolicy policy : ConflictPolicy.values()) {
            keys.add(Key.of(policy.label(), PolicyClient.BLIND));
            keys.add(Key.of(policy.label(), PolicyClient.MIXED));
        }
        for (int i = 0; i < PolicyClient.DOCUMENTS; i++) {
            keys.add(Key.of(ConflictPolicy.THREE_WAY.label(), PolicyClient.document(i)));
        }
    }

    Verdict play() {
        cluster.world().runFor(3_000);
        for (ConflictPolicy policy : ConflictPolicy.values()) {
            set(policy);
        }
        clients.forEach(client ->
                cluster.keepDoing(300, () -> cluster.atSomeNode(node -> client.act(node, cluster::retryLater))));
        cluster.sufferAtWork(TROUBLE_MILLIS);
        for (Key key : keys) {
            cluster.until("the replicas of " + key + " differ", CONVERGENCE_MILLIS_MAX, () -> cluster.isAgreed(key));
        }
        keys.forEach(this::reckon);
        requireMerge();
        requireChoice(ConflictPolicy.LAST_WRITE_WINS);
        requireChoice(ConflictPolicy.PRIORITY);
        int acknowledged = (int)
                oracle.writes().stream().filter(write -> write.acknowledged).count();
        return new Verdict(
                cluster.world().traceHash(),
                oracle.writes().size(),
                acknowledged,
                clients.stream().mapToInt(PolicyClient::reads).sum(),
                comparisons);
    }

    private void set(ConflictPolicy policy) {
        BucketProperties all = BucketProperties.DEFAULT.withConflict(PolicyOracle.rule(policy));
        cluster.node(cluster.nodes().get(0)).setBucket(policy.label(), all);
        cluster.until(
                "the bucket " + policy.label() + " is not known",
                CONVERGENCE_MILLIS_MAX,
                () -> cluster.nodes().stream()
                        .allMatch(node ->
                                cluster.node(node).bucket(policy.label()).equals(all)));
    }

    private void reckon(Key key) {
        Siblings stored = stored(key);
        oracle.reckon(key, stored);
        for (String node : cluster.nodes()) {
            oracle.compare(key, stored, node, read(key, node));
            comparisons += Math.max(1, stored.versions().size());
        }
    }

    private Siblings stored(Key key) {
        Inspection inspection = cluster.ask(cluster.nodes().get(0), (at, done) -> at.inspect(key, 2_000, done));
        return inspection.replicas().stream()
                .filter(Inspection.Replica::primary)
                .flatMap(replica -> replica.state().stream())
                .findFirst()
                .orElse(Siblings.EMPTY);
    }

    private ReadAnswer read(Key key, String node) {
        Result<ReadAnswer> result =
                cluster.ask(node, (at, done) -> cluster.node(node).resolving().get(key, ReadOptions.DEFAULT, done));
        if (result instanceof Result.Done<ReadAnswer> done) {
            return done.answer();
        }
        throw new ViolationException("the healed cluster cannot read " + key + ": " + result);
    }

    /** Siblings are always honest; but two that changed different fields of what all know must not stay siblings. */
    private void requireMerge() {
        Key key = Key.of(ConflictPolicy.THREE_WAY.label(), "calm");
        put(key, "n1", "{\"a\":1,\"b\":1,\"c\":1}", Context.EMPTY);
        Context base = read(key, "n2").context();
        put(key, "n2", "{\"a\":2,\"b\":1,\"c\":1}", base);
        put(key, "n3", "{\"a\":1,\"b\":2,\"c\":1}", base);
        put(key, "n4", "{\"a\":1,\"b\":1}", base);
        put(Key.of(key.bucket(), "same"), "n1", "{\"a\":1}", Context.EMPTY);
        Context same = read(Key.of(key.bucket(), "same"), "n2").context();
        put(Key.of(key.bucket(), "same"), "n2", "{\"a\":2}", same);
        put(Key.of(key.bucket(), "same"), "n3", "{\"a\":3}", same);
        for (String node : cluster.nodes()) {
            if (read(Key.of(key.bucket(), "same"), node).versions().size() != 2) {
                PolicyOracle.fail(key, "hides one of two changes of one field");
            }
            ReadAnswer read = read(key, node);
            boolean merged = read.versions().size() == 1
                    && read.versions().get(0).value().equals(Optional.of(Bytes.utf8("{\"a\":2,\"b\":2}")));
            if (!merged) {
                PolicyOracle.fail(key, "shows " + read.versions());
            }
        }
    }

    /** Blind writes through all nodes in turn: the last counts, or that of the highest rank. */
    private void requireChoice(ConflictPolicy policy) {
        Key key = Key.of(policy.label(), "calm");
        int best = Integer.MAX_VALUE;
        String expected = "";
        for (String node : cluster.nodes()) {
            String stamper =
                    put(key, node, '"' + node + '"', Context.EMPTY).actor().node();
            int place = PolicyOracle.RANKING.indexOf(stamper);
            int rank = policy == ConflictPolicy.LAST_WRITE_WINS || place < 0 ? PolicyOracle.RANKING.size() : place;
            if (rank <= best) {
                best = rank;
                expected = '"' + node + '"';
            }
        }
        for (String node : cluster.nodes()) {
            ReadAnswer read = read(key, node);
            if (read.versions().size() != 1
                    || !read.versions().get(0).value().equals(Optional.of(Bytes.utf8(expected)))) {
                PolicyOracle.fail(key, "shows " + read.versions() + " in place of " + expected);
            }
        }
    }

    private Dot put(Key key, String node, String text, Context seen) {
        Result<WriteAnswer> result = cluster.ask(
                node, (at, done) -> at.put(key, Bytes.utf8(text), WriteOptions.DEFAULT.withContext(seen), done));
        if (!(result instanceof Result.Done<WriteAnswer> done)) {
            throw new ViolationException("the healed cluster does not take a write of " + key + ": " + result);
        }
        cluster.until("not everybody has it", CONVERGENCE_MILLIS_MAX, () -> cluster.isAgreed(key));
        return done.answer().dot();
    }
}
