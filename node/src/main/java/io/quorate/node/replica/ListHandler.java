package io.quorate.node.replica;

import io.quorate.antientropy.Parallel;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Listed;
import io.quorate.core.message.ReplicaRequest.ListKeys;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.ring.Ring;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Names live keys of one partition, a bounded look at the index at a time. */
final class ListHandler {
    private static final int LIMIT_MAX = 1000;
    private static final int DUE_MAX = 10_000;
    private static final int READS_AT_ONCE = 16;

    private final KeyStates states;
    private final Storage storage;
    private final Ring ring;

    ListHandler(KeyStates states, Storage storage, Ring ring) {
        this.states = states;
        this.storage = storage;
        this.ring = ring;
    }

    void handle(ListKeys request, Responder reply) {
        Bytes start = Key.first(ring.firstToken(request.partition()));
        Bytes from = request.after().length() > 0 ? StorageKeys.following(request.after()) : start;
        Bytes to = request.partition() + 1 == ring.partitions()
                ? StorageKeys.dataEnd()
                : StorageKeys.data(Key.first(ring.firstToken(request.partition() + 1)));
        int limit = Math.max(1, Math.min(request.limit(), LIMIT_MAX));
        storage.range(
                StorageKeys.data(from),
                to,
                limit,
                entries -> findExpired(
                        entries, expired -> reply.send(toListed(request, entries, expired, entries.size() == limit))));
    }

    /** Of what the index calls live, something may have expired a moment ago. */
    private void findExpired(List<Entry> entries, Consumer<Set<Key>> done) {
        states.due(DUE_MAX, due -> {
            Set<Key> expired = new LinkedHashSet<>();
            List<Key> doubtful = entries.stream()
                    .map(entry -> StorageKeys.toKey(entry.key()))
                    .filter(due::contains)
                    .toList();
            Parallel.run(
                    doubtful,
                    READS_AT_ONCE,
                    (key, whenDone) -> states.load(key, held -> {
                        if (!EntryTag.isLive(EntryTag.of(held.siblings()))) {
                            expired.add(key);
                        }
                        whenDone.run();
                    }),
                    () -> done.accept(expired));
        });
    }

    private static Listed toListed(ListKeys request, List<Entry> entries, Set<Key> expired, boolean more) {
        List<String> names = new ArrayList<>();
        Bytes last = Bytes.EMPTY;
        for (Entry entry : entries) {
            Key key = StorageKeys.toKey(entry.key());
            last = key.encoded();
            if (EntryTag.isLive(entry.tag())
                    && !expired.contains(key)
                    && key.bucket().equals(request.bucket())) {
                names.add(key.name());
            }
        }
        return new Listed(names, last, more);
    }
}
