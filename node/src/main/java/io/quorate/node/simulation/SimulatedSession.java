package io.quorate.node.simulation;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.coordinator.operation.SessionTokens;
import io.quorate.core.Key;
import io.quorate.core.cluster.Quorum;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One session at r=w=1: each request goes through another node, and begins when the one before has been answered. */
final class SimulatedSession {
    private static final int KEYS_MAX = 8;
    private static final WriteOptions WRITE = WriteOptions.DEFAULT.withW(Quorum.ONE);
    private static final ReadOptions READ = ReadOptions.DEFAULT.withR(Quorum.ONE);

    private final History history;
    private final List<Key> keys;
    private final boolean carriesTokens;
    private final RandomGenerator random;
    private final Counts counts;
    private final SessionTokens tokens = new SessionTokens(KEYS_MAX);
    private final Map<Key, BitSet> written = new LinkedHashMap<>();
    private final Map<Key, BitSet> shown = new LinkedHashMap<>();

    /** What became of the requests of all sessions. */
    static final class Counts {
        int reads;
        /** Reads that lacked what their session had written. */
        int stale;
        /** Reads that lacked what their session had been shown before. */
        int backward;
        /** Reads that were refused because nobody knew enough. */
        int refused;
    }

    /**
     * Begins a session.
     *
     * @param carriesTokens whether its reads say what it has seen; without that nothing is promised
     */
    SimulatedSession(History history, List<Key> keys, boolean carriesTokens, RandomGenerator random, Counts counts) {
        this.history = history;
        this.keys = keys;
        this.carriesTokens = carriesTokens;
        this.random = random;
        this.counts = counts;
    }

    /** Does one thing; {@code then} runs when it is answered. */
    void act(Coordinator node, Runnable then) {
        Key key = keys.get(random.nextInt(keys.size()));
        if (random.nextInt(100) < 60) {
            read(node, key, then);
        } else {
            write(node, key, then);
        }
    }

    private void read(Coordinator node, Key key, Runnable then) {
        Consumer<Result<ReadAnswer>> done = result -> {
            if (result instanceof Result.Done<ReadAnswer> read) {
                compare(key, read.answer());
            } else if (result instanceof Result.Failed<ReadAnswer> failed
                    && failed.failure() instanceof Failure.AtLeastNotReached) {
                counts.refused++;
            }
            then.run();
        };
        if (carriesTokens) {
            tokens.get(node, key, READ, done);
        } else {
            node.get(key, READ, result -> {
                if (result instanceof Result.Done<ReadAnswer> read) {
                    tokens.saw(key, read.answer().context());
                }
                done.accept(result);
            });
        }
    }

    private void compare(Key key, ReadAnswer answer) {
        counts.reads++;
        counts.stale += history.shows(key, of(written, key), answer) ? 0 : 1;
        counts.backward += history.shows(key, of(shown, key), answer) ? 0 : 1;
        of(shown, key).or(history.seenIn(key, answer));
    }

    private void write(Coordinator node, Key key, Runnable then) {
        BitSet past = (BitSet) of(written, key).clone();
        past.or(of(shown, key));
        Attempt attempt = history.attempt(key, false, past);
        WriteOptions options = WRITE.withIdempotencyKey(attempt.idempotencyKey());
        tokens.put(node, key, attempt.value().orElseThrow(), options, result -> {
            if (result instanceof Result.Done<WriteAnswer>) {
                attempt.acknowledged = true;
                of(written, key).or(past);
                of(written, key).set(attempt.id);
            }
            then.run();
        });
    }

    private static BitSet of(Map<Key, BitSet> sets, Key key) {
        return sets.computeIfAbsent(key, first -> new BitSet());
    }
}
