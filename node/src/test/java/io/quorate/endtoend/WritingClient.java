package io.quorate.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A client that writes keys that nobody else writes, chains of versions of one key without reading in between, and keys that it
 * shares with other clients; and tells a history what it knows.
 */
final class WritingClient {
    static final String BUCKET = "load";
    static final String UNIQUE = "unique-";

    private static final int SHARED_KEYS = 5;
    private static final int CHAIN_LENGTH_MAX = 50;
    private static final int TRIES = 3;

    private final String name;
    private final Random random;
    private final WriteHistory history;
    private final Runnable onAcknowledged;
    private int writes;
    private Chain chain;

    WritingClient(String name, Random random, WriteHistory history, Runnable onAcknowledged) {
        this.name = name;
        this.random = random;
        this.history = history;
        this.onAcknowledged = onAcknowledged;
        this.chain = new Chain(nextKey("chain-"), Seen.NOTHING, 0);
    }

    /** What a context stands for. */
    private record Seen(Optional<String> context, Set<String> values) {
        static final Seen NOTHING = new Seen(Optional.empty(), Set.of());
    }

    private record Chain(String key, Seen seen, int length) {}

    /** Writes once, through one of the nodes, and through others if that fails. */
    void write(List<NodeApi> through) {
        int kind = random.nextInt(10);
        if (kind < 5) {
            put(through, nextKey(UNIQUE), Seen.NOTHING);
        } else if (kind < 8) {
            chain = continued(through, chain);
        } else {
            String shared = "shared-" + writes / 100 + "-" + random.nextInt(SHARED_KEYS);
            read(through, shared).ifPresent(seen -> put(through, shared, seen));
        }
    }

    /** A chain goes on from its last acknowledged write, or from a read when it has come to have siblings. */
    private Chain continued(List<NodeApi> through, Chain chain) {
        if (chain.length() == CHAIN_LENGTH_MAX) {
            return new Chain(nextKey("chain-"), Seen.NOTHING, 0);
        }
        Optional<Seen> next = put(through, chain.key(), chain.seen());
        return next.map(seen -> new Chain(chain.key(), seen, chain.length() + 1))
                .orElse(chain);
    }

    /** What the client has seen afterwards, if it was acknowledged. */
    private Optional<Seen> put(List<NodeApi> through, String key, Seen seen) {
        String value = name + "-" + ++writes;
        history.attempted(key, value, seen.values());
        List<String> headers = new ArrayList<>(List.of("Idempotency-Key", value));
        seen.context().ifPresent(context -> headers.addAll(List.of("Quorate-Context", context)));
        int first = random.nextInt(through.size());
        for (int i = 0; i < TRIES; i++) {
            Optional<Answer> answer = WriteLoad.send(
                    through.get((first + i) % through.size()),
                    "PUT",
                    NodeApi.path(BUCKET, key) + "?w=2",
                    "\"" + value + "\"",
                    headers.toArray(String[]::new));
            if (answer.isEmpty() || answer.get().status() != 200) {
                history.failed("put " + key, answer);
            } else {
                history.acknowledged(key, value, answer.get());
                onAcknowledged.run();
                return answer.get().json().has("siblings")
                        ? read(through, key)
                        : Optional.of(new Seen(Optional.of(answer.get().context()), Set.of(value)));
            }
        }
        return Optional.empty();
    }

    private Optional<Seen> read(List<NodeApi> through, String key) {
        List<String> due = history.acknowledged(key).stream()
                .map(WriteHistory.Acknowledged::value)
                .toList();
        Optional<Answer> answered =
                WriteLoad.send(through.get(random.nextInt(through.size())), "GET", NodeApi.path(BUCKET, key), "");
        if (answered.isEmpty() || answered.get().status() == 503) {
            history.failed("get " + key, answered);
            return Optional.empty();
        }
        List<String> lost = new ArrayList<>(history.lost(key, values(answered.get())));
        lost.retainAll(due);
        if (!lost.isEmpty()) {
            history.stale("a read of " + key + " misses " + lost + ", acknowledged before it began: " + answered.get());
        }
        return answered.map(answer ->
                answer.status() == 404 ? Seen.NOTHING : new Seen(Optional.of(answer.context()), values(answer)));
    }

    /** All the values of an answer; none when there is nothing. */
    static Set<String> values(Answer answer) {
        Set<String> values = new HashSet<>();
        if (answer.status() == 200) {
            values.add(answer.json().path("value").asText());
        } else if (answer.status() == 300) {
            for (JsonNode sibling : answer.json().path("siblings")) {
                values.add(sibling.path("value").asText());
            }
        } else if (answer.status() != 404) {
            throw new AssertionError(answer.toString());
        }
        return values;
    }

    private String nextKey(String kind) {
        return kind + name + "-" + ++writes;
    }
}
