package io.quorate.node.replica;

import io.quorate.antientropy.Pace;
import io.quorate.antientropy.Parallel;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.ring.Ring;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Pays a debt of a whole partition: every key of it that the member keeps is compared by its digest, and delivered where it differs.
 * Then what this node held for others alone, and owes to nobody else, goes.
 */
final class PartitionHandoff {
    private static final int PAGE = 256;

    private final Replica.Parts parts;
    private final Pace pace;
    private final String target;
    private final int partition;
    private final Bytes record;
    private final Consumer<Boolean> done;
    private final Ring ring;
    private final long collapse;
    private boolean whole = true;

    PartitionHandoff(
            Replica.Parts parts, Pace pace, String target, int partition, Bytes record, Consumer<Boolean> done) {
        this.parts = parts;
        this.pace = pace;
        this.target = target;
        this.partition = partition;
        this.record = record;
        this.done = done;
        this.ring = parts.surroundings().cluster().ring();
        this.collapse = parts.debts().collapseOf(record);
    }

    void begin() {
        parts.surroundings().storage().get(record, stored -> {
            if (DebtBook.hasArrived(stored)) {
                walk(this::sweep, this::clear);
            } else {
                walk(this::compare, this::onCompared);
            }
        });
    }

    private void walk(BiConsumer<Entry, Runnable> visit, Runnable whenAll) {
        read(StorageKeys.data(Key.first(ring.firstToken(partition))), visit, whenAll);
    }

    private void read(Bytes from, BiConsumer<Entry, Runnable> visit, Runnable whenAll) {
        Bytes to = StorageKeys.dataAfter(ring.lastToken(partition));
        parts.surroundings()
                .storage()
                .range(
                        from,
                        to,
                        PAGE,
                        entries -> Parallel.run(entries, PAGE, visit, () -> {
                            if (entries.size() == PAGE) {
                                read(
                                        StorageKeys.following(
                                                entries.get(entries.size() - 1).key()),
                                        visit,
                                        whenAll);
                            } else {
                                whenAll.run();
                            }
                        }));
    }

    private void compare(Entry entry, Runnable whenDone) {
        if (!ring.keeps(target, partition, EntryTag.n(entry.tag()))) {
            whenDone.run();
            return;
        }
        Key key = StorageKeys.toKey(entry.key());
        pace.acquire(transfer -> parts.surroundings().peer(target).ask(new Fetch(key, 0), reply -> {
            if (reply instanceof Fetched fetched && fetched.digest() == entry.digest()) {
                transfer.end(key.encoded().length());
                whenDone.run();
            } else {
                deliver(key, transfer, whenDone);
            }
        }));
    }

    private void deliver(Key key, Pace.Transfer transfer, Runnable whenDone) {
        Delivery.ofKey(parts, target, key, (isPaid, bytes) -> {
                    whole &= isPaid;
                    transfer.end(bytes);
                    whenDone.run();
                })
                .begin();
    }

    /** Only when nothing was added to the debt since this walk began. */
    private void onCompared() {
        if (!whole || isOwedAnew()) {
            done.accept(false);
            return;
        }
        parts.states().markArrived(record, outcome -> {
            if (outcome == Outcome.DURABLE) {
                walk(this::sweep, this::clear);
            } else {
                done.accept(false);
            }
        });
    }

    private void sweep(Entry entry, Runnable whenDone) {
        FallbackCopies copies = new FallbackCopies(parts);
        if (copies.isOne(partition, EntryTag.n(entry.tag()))) {
            copies.sweep(StorageKeys.toKey(entry.key()), isSwept -> {
                whole &= isSwept;
                whenDone.run();
            });
        } else {
            whenDone.run();
        }
    }

    /** The record goes last: a copy that outlives it would stay for good. */
    private void clear() {
        if (!whole || isOwedAnew()) {
            done.accept(false);
            return;
        }
        parts.debts().cleared(record);
        parts.states().remove(List.of(record), outcome -> done.accept(outcome == Outcome.DURABLE));
    }

    private boolean isOwedAnew() {
        return parts.debts().collapseOf(record) != collapse;
    }
}
