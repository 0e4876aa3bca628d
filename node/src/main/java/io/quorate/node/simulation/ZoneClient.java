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
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** All clients of one zone, who read and write by its own quorum: what one of them was acknowledged, every later read there must show. */
final class ZoneClient {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final String zone;
    private final History history;
    private final List<Key> keys;
    private final RandomGenerator random;
    private final BooleanSupplier mustServe;
    private final Map<Key, BitSet> acknowledged = new LinkedHashMap<>();
    private final Map<Key, Seen> seen = new LinkedHashMap<>();
    private int reads;
    private int comparisons;

    /**
     * Clients that have seen nothing.
     *
     * @param mustServe whether no request may fail that is begun now
     */
    ZoneClient(String zone, History history, List<Key> keys, RandomGenerator random, BooleanSupplier mustServe) {
        this.zone = zone;
        this.history = history;
        this.keys = keys;
        this.random = random;
        this.mustServe = mustServe;
    }

    /** A token, and the writes that it stands for. */
    private record Seen(Context token, BitSet writes) {
        static final Seen NOTHING = new Seen(Context.EMPTY, new BitSet());
    }

    int reads() {
        return reads;
    }

    int comparisons() {
        return comparisons;
    }

    /** Does one random thing through a node of the zone. */
    void act(Coordinator node) {
        Key key = keys.get(random.nextInt(keys.size()));
        if (random.nextBoolean()) {
            read(node, key);
        } else {
            write(node, key);
        }
    }

    private void read(Coordinator node, Key key) {
        BitSet due = (BitSet) acknowledgedOf(key).clone();
        boolean required = mustServe.getAsBoolean();
        ReadOptions options = new ReadOptions(
                Optional.empty(),
                Optional.of(Quorum.LOCAL),
                Optional.of(false),
                TIMEOUT_MILLIS,
                ReadRepair.ASYNC,
                Context.EMPTY);
        node.get(key, options, result -> {
            if (result instanceof Result.Done<ReadAnswer> done) {
                reads++;
                comparisons += due.cardinality();
                history.requireNoneMissing(key, due, done.answer(), "a read by a local quorum of zone " + zone);
                seen.put(key, new Seen(done.answer().context(), history.seenIn(key, done.answer())));
            } else {
                refuse(required, result);
            }
        });
    }

    private void write(Coordinator node, Key key) {
        Seen basis = random.nextInt(100) < 15 ? Seen.NOTHING : seen.getOrDefault(key, Seen.NOTHING);
        Attempt attempt = history.attempt(key, false, basis.writes());
        boolean required = mustServe.getAsBoolean();
        WriteOptions options = new WriteOptions(
                Optional.empty(),
                Optional.of(Quorum.LOCAL),
                Optional.of(false),
                TIMEOUT_MILLIS,
                basis.token(),
                Optional.of(attempt.idempotencyKey()));
        node.put(key, attempt.value().orElseThrow(), options, result -> {
            if (result instanceof Result.Done<WriteAnswer>) {
                attempt.acknowledged = true;
                acknowledgedOf(key).set(attempt.id);
            } else {
                refuse(required, result);
            }
        });
    }

    private void refuse(boolean required, Result<?> result) {
        if (required) {
            throw new ViolationException("zone " + zone + " has all its nodes, and does not serve: " + result);
        }
    }

    private BitSet acknowledgedOf(Key key) {
        return acknowledged.computeIfAbsent(key, first -> new BitSet());
    }
}
