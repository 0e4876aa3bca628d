package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Storage;
import io.quorate.node.storage.cache.ValueCache;
import io.quorate.node.storage.segment.StoredRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One shard's view of the store. All its methods run on the shard, but for those whose names begin with {@code post}.
 *
 * <p>What a callback is given is the state at the moment it is called.
 */
final class ShardStorage implements Storage {
    private final Scheduler scheduler;
    private final WriteQueue queue;
    private final StoreHealth health;
    private final ValueCache cache;
    private final ReadQueue disk;
    private final PendingWrites pending;
    private final Map<Bytes, PointRead> pointReads = new HashMap<>();
    private final List<RangeRead> rangeReads = new ArrayList<>();
    private final DamageNews damage;

    ShardStorage(
            Scheduler scheduler,
            WriteQueue queue,
            StoreHealth health,
            ValueCache cache,
            ReadQueue disk,
            Predicate<Bytes> isDamaged) {
        this.scheduler = scheduler;
        this.queue = queue;
        this.health = health;
        this.cache = cache;
        this.disk = disk;
        pending = new PendingWrites(cache, this::overtakeReads);
        damage = new DamageNews(key -> pending.get(key).isPresent(), isDamaged, this::forget);
    }

    @Override
    public void get(Bytes key, Consumer<Stored> done) {
        Optional<PendingChange> latest = pending.get(key);
        if (latest.isPresent()) {
            done.accept(latest.get().stored());
            return;
        }
        Optional<Stored.Present> cached = cache.get(key);
        if (cached.isPresent()) {
            done.accept(cached.get());
            return;
        }
        PointRead read = pointReads.get(key);
        if (read == null) {
            read = new PointRead(this, key);
            pointReads.put(key, read);
            read.add(done);
            disk.add(read);
        } else {
            read.add(done);
        }
    }

    @Override
    public void range(Bytes from, Bytes to, int limit, Consumer<List<Entry>> done) {
        if (limit <= 0 || from.compareTo(to) >= 0) {
            done.accept(List.of());
            return;
        }
        RangeRead read = new RangeRead(this, from, to, limit, done);
        rangeReads.add(read);
        disk.add(read);
    }

    @Override
    public void apply(List<Change> batch, Consumer<Outcome> done) {
        if (batch.isEmpty() && pending.isEmpty()) {
            done.accept(Outcome.DURABLE);
            return;
        }
        Optional<Outcome> refusal = health.refusal();
        if (refusal.isPresent()) {
            done.accept(refusal.get());
            return;
        }
        long bytes = 0;
        List<PendingChange> changes = new ArrayList<>(batch.size());
        for (Change change : batch) {
            requireShort(change.key());
            bytes += PendingChange.bytes(change);
            changes.add(new PendingChange(change));
        }
        if (!queue.claim(bytes)) {
            done.accept(Outcome.OVERLOADED);
            return;
        }
        hand(new WriteBatch(this, changes, bytes, done));
    }

    @Override
    public void onDamage(Consumer<Entry> listener) {
        damage.setListener(listener);
    }

    /** Has the shard learn that this record is damaged; from whoever found that out. */
    void postDamage(Entry entry) {
        scheduler.execute(() -> damage.hear(entry));
    }

    /** Has the shard learn how these batches ended; from the writer. */
    void postAnswer(List<WriteBatch> batches, Outcome outcome) {
        scheduler.execute(() -> answer(batches, outcome));
    }

    /** Has the shard learn that the index knows all that was answered; from the writer. */
    void postIndexed() {
        scheduler.execute(() -> {
            pending.settle();
            damage.tellPostponed();
        });
    }

    /** Gives the value of a key, as the disk had it, to all that wait for it. */
    void finish(Bytes key, Stored found, List<Consumer<Stored>> waiting) {
        pointReads.remove(key);
        if (found instanceof Stored.Present present) {
            cache.put(key, present);
        }
        for (Consumer<Stored> done : waiting) {
            // Looked up each time: the callback before may have written.
            done.accept(pending.get(key).map(PendingChange::stored).orElse(found));
        }
    }

    void finish(RangeRead read) {
        rangeReads.remove(read);
    }

    void readAgain(RangeRead read) {
        disk.add(read);
    }

    Collection<PendingChange> pending(Bytes from, Bytes to) {
        return pending.range(from, to);
    }

    private void hand(WriteBatch batch) {
        List<PendingChange> hidden = pending.add(batch.changes());
        if (!queue.offer(batch)) {
            refuse(batch, hidden, Outcome.FAILED);
            return;
        }
        // The writer may have failed since it was asked, and have told all that it found waiting.
        Optional<Outcome> refusal = health.refusal();
        if (refusal.isPresent() && queue.withdraw(batch)) {
            refuse(batch, hidden, refusal.get());
        }
    }

    private void refuse(WriteBatch batch, List<PendingChange> hidden, Outcome outcome) {
        queue.release(batch.bytes());
        pending.undo(batch.changes(), hidden);
        batch.done().accept(outcome);
    }

    private void answer(List<WriteBatch> batches, Outcome outcome) {
        pending.settle();
        if (outcome == Outcome.DURABLE) {
            pending.durable(batches);
        } else {
            batches.forEach(batch -> pending.takeBack(batch.changes()));
        }
        for (WriteBatch batch : batches) {
            batch.done().accept(outcome);
        }
        damage.tellPostponed();
    }

    /** Lets go of what was read of a record before it was found damaged, and so can be found nowhere else. */
    private void forget(Entry entry) {
        cache.forget(entry.key());
        PointRead read = pointReads.get(entry.key());
        if (read != null) {
            read.overtake(new Stored.Damaged(entry.digest(), entry.tag()));
        }
        for (RangeRead range : rangeReads) {
            range.overtakeDamage(entry.key());
        }
    }

    private void overtakeReads(PendingChange change) {
        PointRead read = pointReads.get(change.key());
        if (read != null) {
            read.overtake(change.stored());
        }
        for (RangeRead range : rangeReads) {
            range.overtake(change);
        }
    }

    private static void requireShort(Bytes key) {
        if (key.length() > StoredRecord.KEY_LENGTH_MAX) {
            throw new IllegalArgumentException("a key of " + key.length() + " bytes is beyond the "
                    + StoredRecord.KEY_LENGTH_MAX + " of the format");
        }
    }
}
