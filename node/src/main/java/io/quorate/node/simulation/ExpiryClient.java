package io.quorate.node.simulation;

import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Ttl;
import io.quorate.core.version.Context;
import io.quorate.core.version.Sibling;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The only writer of a key, whose values all expire, so it is the oracle of what may be shown.
 *
 * <p>A value is due until a clock that is always right says otherwise, by more than any node's may be off; and it must not be shown any
 * more once all the nodes' clocks say so.
 */
final class ExpiryClient {
    static final int TTL_MILLIS_MAX = 12_000;

    private static final int TTL_MILLIS_MIN = 500;
    private static final long SKEW_MILLIS = 1_000;
    private static final Quorum TWO = new Quorum.Count(2);

    private final Key key;
    private final LongSupplier realtimeMillis;
    private final LongSupplier earliestMillis;
    private final RandomGenerator random;
    private Optional<Written> latest = Optional.empty();
    private Context known = Context.EMPTY;
    private int writes;
    private int acknowledged;
    private int reads;
    private int comparisons;

    /** What was acknowledged last. A second replica may have stamped it too, so it is known by its value, not by its dot. */
    private record Written(Bytes value, long expiresMillis) {}

    ExpiryClient(Key key, LongSupplier realtimeMillis, LongSupplier earliestMillis, RandomGenerator random) {
        this.key = key;
        this.realtimeMillis = realtimeMillis;
        this.earliestMillis = earliestMillis;
        this.random = random;
    }

    void act(Coordinator node) {
        if (random.nextInt(3) == 0) {
            write(node);
        } else {
            read(node);
        }
    }

    void write(Coordinator node) {
        int number = ++writes;
        latest = Optional.empty();
        int ttlMillis = random.nextInt(TTL_MILLIS_MIN, TTL_MILLIS_MAX);
        WriteOptions options = new WriteOptions(
                Optional.empty(),
                Optional.of(TWO),
                Optional.of(false),
                2_000,
                random.nextInt(3) == 0 ? Context.EMPTY : known,
                Optional.of(new Ttl(ttlMillis, Ttl.Unit.MS)),
                Optional.empty(),
                false);
        Bytes value = Bytes.utf8(Integer.toString(number));
        node.put(key, value, options, result -> {
            if (result instanceof Result.Done<WriteAnswer> done) {
                acknowledged++;
                if (number == writes) {
                    latest = Optional.of(new Written(value, done.answer().expiresMillis()));
                    known = done.answer().context();
                }
            }
        });
    }

    private void read(Coordinator node) {
        reads++;
        long begunMillis = earliestMillis.getAsLong();
        Optional<Written> expected = latest;
        ReadOptions options = new ReadOptions(
                Optional.empty(), Optional.of(TWO), Optional.of(false), 2_000, ReadRepair.ASYNC, Context.EMPTY);
        node.get(key, options, result -> {
            if (result instanceof Result.Done<ReadAnswer> done) {
                compare(done.answer(), expected, begunMillis);
            }
        });
    }

    private void compare(ReadAnswer read, Optional<Written> expected, long begunMillis) {
        for (Sibling version : read.versions()) {
            if (!version.isTombstone() && version.expiresMillis() <= begunMillis) {
                throw new ViolationException(
                        key + " shows " + version + " after its time, when all clocks say " + begunMillis);
            }
        }
        comparisons++;
        if (expected.isPresent() && expected.equals(latest)) {
            Written write = expected.get();
            boolean found =
                    read.versions().stream().anyMatch(version -> version.value().equals(Optional.of(write.value())));
            if (!found && realtimeMillis.getAsLong() + SKEW_MILLIS < write.expiresMillis()) {
                throw new ViolationException(key + " lacks " + write + " before its time, at " + begunMillis);
            }
        }
        known = read.context();
    }

    /** Tells of the key when it has a value, or when that cannot be said. */
    void find(Coordinator node, Consumer<Key> found) {
        node.get(key, ReadOptions.DEFAULT, result -> {
            if (!(result instanceof Result.Done<ReadAnswer> done)
                    || done.answer().isFound()) {
                found.accept(key);
            }
        });
    }

    int writes() {
        return writes;
    }

    int acknowledged() {
        return acknowledged;
    }

    int reads() {
        return reads;
    }

    int comparisons() {
        return comparisons;
    }
}
