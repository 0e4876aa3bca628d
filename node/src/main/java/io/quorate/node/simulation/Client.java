package io.quorate.node.simulation;

import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Key;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.version.Context;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A client that reads and writes a few keys through whatever node it is given, with fresh, stale and no contexts. */
final class Client {
    private static final int REMEMBERED_MAX = 6;
    private static final List<ReadRepair> REPAIRS = List.of(ReadRepair.values());
    private static final Quorum TWO = new Quorum.Count(2);

    private final History history;
    private final List<Key> keys;
    private final RandomGenerator random;
    private final Map<Key, List<Knowledge>> known = new LinkedHashMap<>();
    private int reads;
    private int comparisons;

    Client(History history, List<Key> keys, RandomGenerator random) {
        this.history = history;
        this.keys = keys;
        this.random = random;
    }

    /** A token, and the writes that its holder was truly shown. */
    private record Knowledge(Context token, BitSet seen) {
        static final Knowledge NONE = new Knowledge(Context.EMPTY, new BitSet());
    }

    int reads() {
        return reads;
    }

    int comparisons() {
        return comparisons;
    }

    /** Does one random thing; {@code another} gives a node for a retry. */
    void act(Coordinator node, Consumer<Consumer<Coordinator>> another) {
        Key key = keys.get(random.nextInt(keys.size()));
        if (random.nextInt(100) < 45) {
            read(node, key);
        } else {
            write(node, key, another);
        }
    }

    private void read(Coordinator node, Key key) {
        boolean strict = random.nextBoolean();
        Knowledge known = pick(key);
        ReadOptions options = new ReadOptions(
                Optional.empty(),
                Optional.of(strict ? TWO : anyQuorum()),
                Optional.of(!strict),
                timeoutMillis(),
                REPAIRS.get(random.nextInt(REPAIRS.size())),
                known.token());
        BitSet due = history.acknowledged(key, true);
        node.get(key, options, result -> {
            if (result instanceof Result.Done<ReadAnswer> done) {
                reads++;
                history.requireNoneMissing(key, known.seen(), done.answer(), "a read of at least what was known");
                if (strict) {
                    comparisons += due.cardinality();
                    history.requireNoneMissing(key, due, done.answer(), "a strict read");
                }
                learn(key, new Knowledge(done.answer().context(), history.seenIn(key, done.answer())));
            }
        });
    }

    private void write(Coordinator node, Key key, Consumer<Consumer<Coordinator>> another) {
        Knowledge basis = pick(key);
        boolean strict = random.nextBoolean();
        Attempt attempt = history.attempt(key, random.nextInt(100) < 20, basis.seen());
        WriteOptions options = new WriteOptions(
                Optional.empty(),
                Optional.of(strict ? TWO : anyQuorum()),
                Optional.of(!strict),
                timeoutMillis(),
                basis.token(),
                Optional.of(attempt.idempotencyKey()));
        send(node, attempt, options, strict, another);
    }

    private void send(
            Coordinator node,
            Attempt attempt,
            WriteOptions options,
            boolean strict,
            Consumer<Consumer<Coordinator>> another) {
        boolean retries = random.nextInt(100) < 50;
        Consumer<Result<WriteAnswer>> done = result -> {
            if (result instanceof Result.Done<WriteAnswer> written) {
                attempt.acknowledged = true;
                attempt.acknowledgedStrictly |= strict;
                BitSet seen = (BitSet) attempt.past.clone();
                seen.set(attempt.id);
                learn(attempt.key, new Knowledge(written.answer().context(), seen));
            } else if (retries) {
                another.accept(next -> send(next, attempt, options, strict, another));
            }
        };
        if (attempt.delete) {
            node.delete(attempt.key, options, done);
        } else {
            node.put(attempt.key, attempt.value().orElseThrow(), options, done);
        }
    }

    private Knowledge pick(Key key) {
        List<Knowledge> choices = known.getOrDefault(key, List.of());
        return choices.isEmpty() || random.nextInt(100) < 15
                ? Knowledge.NONE
                : choices.get(random.nextInt(choices.size()));
    }

    private void learn(Key key, Knowledge knowledge) {
        List<Knowledge> choices = known.computeIfAbsent(key, first -> new ArrayList<>());
        choices.add(knowledge);
        if (choices.size() > REMEMBERED_MAX) {
            choices.remove(0);
        }
    }

    private Quorum anyQuorum() {
        return new Quorum.Count(1 + random.nextInt(3));
    }

    private int timeoutMillis() {
        return random.nextInt(100) < 20 ? 50 + random.nextInt(300) : 2_000;
    }
}
