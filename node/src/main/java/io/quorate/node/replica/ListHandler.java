package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Listed;
import io.quorate.core.message.ReplicaRequest.ListKeys;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;

/** Names live keys of one partition, a bounded look at the index at a time. */
final class ListHandler {
    private static final int LIMIT_MAX = 1000;

    private final Storage storage;
    private final Ring ring;

    ListHandler(Storage storage, Ring ring) {
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
        storage.range(StorageKeys.data(from), to, limit, entries -> reply.send(toListed(request, entries, limit)));
    }

    private static Listed toListed(ListKeys request, List<Entry> entries, int limit) {
        List<String> names = new ArrayList<>();
        Bytes last = Bytes.EMPTY;
        for (Entry entry : entries) {
            Key key = StorageKeys.toKey(entry.key());
            last = key.encoded();
            if (EntryTag.isLive(entry.tag()) && key.bucket().equals(request.bucket())) {
                names.add(key.name());
            }
        }
        return new Listed(names, last, entries.size() == limit);
    }
}
