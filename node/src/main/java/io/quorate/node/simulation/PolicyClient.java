package io.quorate.node.simulation;

import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Key;
import io.quorate.core.cluster.ConflictPolicy;
import io.quorate.core.version.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A client that writes keys of buckets of every policy: one key of each bucket blindly, so that all that is written stays; the other with
 * what it has read, lately or long ago. Of documents it changes its own field, and now and then one that all change.
 */
final class PolicyClient {
    static final String BLIND = "blind";
    static final String MIXED = "mixed";
    static final int DOCUMENTS = 4;

    /** Below the bound for siblings, also when some writes are taken twice. */
    private static final int BLIND_MAX = 40;

    private static final List<ConflictPolicy> POLICIES = List.of(ConflictPolicy.values());

    private final int number;
    private final PolicyOracle oracle;
    private final RandomGenerator random;
    private final Map<Key, Seen> known = new LinkedHashMap<>();
    private int reads;

    PolicyClient(int number, PolicyOracle oracle, RandomGenerator random) {
        this.number = number;
        this.oracle = oracle;
        this.random = random;
    }

    /** What it was shown of a key; of siblings no fields, for it has to choose all of them. */
    private record Seen(Context context, Optional<Map<String, Integer>> fields) {
        static final Seen NOTHING = new Seen(Context.EMPTY, Optional.of(Map.of()));
    }

    static String document(int i) {
        return "document-" + i;
    }

    int reads() {
        return reads;
    }

    /** Does one random thing; {@code another} gives a node for a retry. */
    void act(Coordinator node, Consumer<Consumer<Coordinator>> another) {
        ConflictPolicy policy =
                random.nextInt(4) == 0 ? ConflictPolicy.THREE_WAY : POLICIES.get(random.nextInt(POLICIES.size()));
        boolean blind = policy != ConflictPolicy.THREE_WAY && random.nextInt(3) == 0;
        String name = blind ? BLIND : policy == ConflictPolicy.THREE_WAY ? document(random.nextInt(DOCUMENTS)) : MIXED;
        Key key = Key.of(policy.label(), name);
        if (!blind && random.nextInt(2) == 0) {
            read(node, key);
        } else if (!blind || oracle.writes(key).size() < BLIND_MAX) {
            write(node, key, blind, another);
        }
    }

    private void read(Coordinator node, Key key) {
        node.get(key, ReadOptions.DEFAULT, result -> {
            if (result instanceof Result.Done<ReadAnswer> done) {
                reads++;
                ReadAnswer read = done.answer();
                oracle.shown(key, read);
                boolean one =
                        read.versions().size() == 1 && !read.versions().get(0).isTombstone();
                known.put(
                        key,
                        new Seen(
                                read.context(),
                                key.bucket().equals(ConflictPolicy.THREE_WAY.label()) && one
                                        ? Optional.of(PolicyOracle.fields(
                                                read.versions().get(0).value().orElseThrow()))
                                        : Optional.empty()));
            }
        });
    }

    private void write(Coordinator node, Key key, boolean blind, Consumer<Consumer<Coordinator>> another) {
        Seen seen = blind || random.nextInt(20) == 0 ? Seen.NOTHING : known.getOrDefault(key, Seen.NOTHING);
        boolean document = key.bucket().equals(ConflictPolicy.THREE_WAY.label());
        boolean delete = !blind && !document && random.nextInt(8) == 0;
        PolicyWrite write = oracle.begin(
                id -> new PolicyWrite(id, key, delete, seen.context(), document ? changed(seen, id) : Map.of()));
        WriteOptions options = WriteOptions.DEFAULT
                .withContext(seen.context())
                .withIdempotencyKey(write.idempotencyKey())
                .withTimeoutMillis(random.nextInt(100) < 20 ? 50 + random.nextInt(300) : 2_000);
        send(node, write, options, another);
    }

    /** Its own field, rarely the common one too; all of them after siblings, or without having read. */
    private Map<String, Integer> changed(Seen seen, int id) {
        Map<String, Integer> fields = new TreeMap<>(seen.fields().orElse(Map.of()));
        fields.put("f" + number, id);
        if (random.nextInt(5) == 0) {
            fields.put(PolicyOracle.COMMON, id);
        }
        if (seen.fields().isEmpty() || seen.context().isEmpty()) {
            PolicyOracle.FIELDS.forEach(name -> fields.put(name, id));
        }
        return fields;
    }

    private void send(
            Coordinator node, PolicyWrite write, WriteOptions options, Consumer<Consumer<Coordinator>> another) {
        boolean retries = random.nextBoolean();
        Consumer<Result<WriteAnswer>> done = result -> {
            if (result instanceof Result.Done<WriteAnswer> written) {
                write.acknowledged = true;
                oracle.told(write, written.answer().context());
                known.put(write.key, new Seen(written.answer().context(), Optional.of(write.fields)));
            } else if (retries) {
                another.accept(next -> send(next, write, options, another));
            }
        };
        if (write.delete) {
            node.delete(write.key, options, done);
        } else {
            node.put(write.key, write.value().orElseThrow(), options, done);
        }
    }
}
