package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Entry;
import io.quorate.node.storage.index.IndexBrokenException;
import io.quorate.node.storage.index.IndexEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The listing of a stretch of keys.
 *
 * <p>The reader takes entries from the index while the shard goes on writing. What the index gets to know meanwhile is
 * gathered here, and what it does not know yet is in the shard's overlay; both are laid over the entries when the answer is
 * given, so that the answer is the state of that moment. When removals leave it short, the reader is sent again.
 */
final class RangeRead implements PendingRead {
    /** Entries read from the index in one go, while the writer waits. */
    private static final int RUN = 128;
    /** Asked for beyond the limit, so that a few removals do not need a second round. */
    private static final int SPARE = 16;

    private final ShardStorage shard;
    private final Bytes from;
    private final Bytes to;
    private final int limit;
    private final Consumer<List<Entry>> done;
    private final TreeMap<Bytes, PendingChange> settled = new TreeMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private Bytes next;
    private boolean ended;
    private boolean broken;

    RangeRead(ShardStorage shard, Bytes from, Bytes to, int limit, Consumer<List<Entry>> done) {
        this.shard = shard;
        this.from = from;
        this.to = to;
        this.limit = limit;
        this.done = done;
        this.next = from;
    }

    /** Takes note of what the index got to know while the reader may already have passed. */
    void overtake(PendingChange change) {
        if (change.key().compareTo(from) >= 0 && change.key().compareTo(to) < 0) {
            settled.put(change.key(), change);
        }
    }

    /** Takes note that a record is listed no more, which the reader may have listed already. */
    void overtakeDamage(Bytes key) {
        overtake(new PendingChange(new Change(key, Optional.empty(), 0)));
    }

    @Override
    public void read(StoredValues values) {
        try {
            long wanted = (long) limit + SPARE;
            while (!ended && wanted > 0) {
                int run = (int) Math.min(RUN, wanted);
                List<IndexEntry> found = values.range(next, to, run);
                int before = entries.size();
                found.forEach(this::list);
                wanted -= entries.size() - before;
                ended = found.size() < run;
                next = ended ? to : successor(found.get(found.size() - 1).key());
            }
        } catch (IndexBrokenException e) {
            fail();
        }
    }

    @Override
    public void fail() {
        broken = true;
    }

    @Override
    public void answer() {
        if (broken) {
            // An empty list would claim that the keys are gone; silence is what a failed node gives anyway.
            shard.finish(this);
            return;
        }
        List<Entry> merged = merge();
        if (merged.size() < limit && !ended) {
            shard.readAgain(this);
            return;
        }
        shard.finish(this);
        done.accept(merged);
    }

    private List<Entry> merge() {
        Map<Bytes, PendingChange> changes = new TreeMap<>(settled.headMap(next));
        shard.pending(from, next).forEach(change -> changes.put(change.key(), change));
        if (changes.isEmpty()) {
            return entries.subList(0, Math.min(limit, entries.size()));
        }
        Map<Bytes, Entry> merged = new TreeMap<>();
        entries.forEach(entry -> merged.put(entry.key(), entry));
        changes.values().forEach(change -> lay(merged, change));
        return merged.values().stream().limit(limit).toList();
    }

    private static void lay(Map<Bytes, Entry> merged, PendingChange change) {
        if (change.isRemoval()) {
            merged.remove(change.key());
        } else {
            merged.put(change.key(), change.entry());
        }
    }

    private void list(IndexEntry indexed) {
        if (!indexed.place().damaged()) {
            entries.add(indexed.entry());
        }
    }

    /** The first key after this one. */
    private static Bytes successor(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.array(), key.length() + 1));
    }
}
