package io.quorate.node.storage;

import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Stored;
import io.quorate.node.storage.cache.ValueCache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The changes of one shard that the index does not know yet, laid over what it knows. Only used on the shard.
 *
 * <p>A batch is pending from when it is applied, is answered when it is durable, and is settled when the index knows it. The
 * writer brings the index up to date with one group before it answers the next, so all batches answered earlier are settled
 * when a later answer comes.
 */
final class PendingWrites {
    /** Not sorted: each request looks up, adds and removes, and hardly any asks for a range. */
    private final Map<Bytes, PendingChange> byKey = new HashMap<>();

    private final List<WriteBatch> answered = new ArrayList<>();
    private final ValueCache cache;
    private final Consumer<PendingChange> onSettled;

    PendingWrites(ValueCache cache, Consumer<PendingChange> onSettled) {
        this.cache = cache;
        this.onSettled = onSettled;
    }

    Optional<PendingChange> get(Bytes key) {
        return Optional.ofNullable(byKey.get(key));
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** The latest change of each key with {@code from <= key < to}, in no order: who asks lays them over sorted ones. */
    Collection<PendingChange> range(Bytes from, Bytes to) {
        return byKey.values().stream()
                .filter(change ->
                        from.compareTo(change.key()) <= 0 && change.key().compareTo(to) < 0)
                .toList();
    }

    /** Lays changes over what there is; returns the pending ones that they hide, oldest first. */
    List<PendingChange> add(List<PendingChange> changes) {
        List<PendingChange> hidden = new ArrayList<>();
        for (PendingChange change : changes) {
            PendingChange before = byKey.put(change.key(), change);
            if (before != null) {
                hidden.add(before);
            }
        }
        return hidden;
    }

    /** Undoes an {@link #add} just made: what it hid is still pending, and must be seen again. */
    void undo(List<PendingChange> changes, List<PendingChange> hidden) {
        takeBack(changes);
        for (int i = hidden.size() - 1; i >= 0; i--) {
            byKey.put(hidden.get(i).key(), hidden.get(i));
        }
    }

    /** Remembers batches that are durable. */
    void durable(List<WriteBatch> batches) {
        answered.addAll(batches);
    }

    /** Takes back changes of which nothing was kept. */
    void takeBack(List<PendingChange> changes) {
        for (PendingChange change : changes) {
            byKey.remove(change.key(), change);
        }
    }

    /** The index now knows all that was answered. */
    void settle() {
        for (WriteBatch batch : answered) {
            batch.changes().forEach(this::settle);
        }
        answered.clear();
    }

    private void settle(PendingChange change) {
        byKey.remove(change.key(), change);
        // Even when a later change hides it: should that one fail, this is what there is.
        if (change.stored() instanceof Stored.Present present) {
            cache.put(change.key(), present);
        } else {
            cache.forget(change.key());
        }
        onSettled.accept(change);
    }
}
