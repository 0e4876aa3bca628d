package io.quorate.node.replica;

import io.quorate.antientropy.KeyState;
import io.quorate.antientropy.KeyTrees;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.datatype.Expiry;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The replica's states of keys, as kept in storage. */
public final class KeyStates {
    private final Storage storage;
    private final Identity identity;
    private final KeyTrees trees;
    private final DebtBook debts;
    private final ClusterView cluster;
    private final HybridClock clock;
    private final Set<Key> damaged = new LinkedHashSet<>();
    private int failures;
    private Optional<Bytes> savedTrees = Optional.empty();

    KeyStates(Replica.Surroundings surroundings, HybridClock clock, Identity identity, KeyTrees trees, DebtBook debts) {
        this.storage = surroundings.storage();
        this.cluster = surroundings.cluster();
        this.clock = clock;
        this.identity = identity;
        this.trees = trees;
        this.debts = debts;
        storage.onDamage(this::onDamage);
    }

    /**
     * A key's state here.
     *
     * @param stored as storage has it
     * @param siblings as it is by now: of what storage has, something may have expired
     * @param encoded what storage has; empty if it has nothing
     * @param digest of what storage has
     * @param damaged there was one, and it cannot be read; the state is empty until somebody sends it again
     */
    record Held(Siblings stored, Siblings siblings, Bytes encoded, long digest, boolean damaged) {
        static final Held ABSENT = new Held(Siblings.EMPTY, Siblings.EMPTY, Bytes.EMPTY, 0, false);
        static final Held DAMAGED = new Held(Siblings.EMPTY, Siblings.EMPTY, Bytes.EMPTY, 0, true);

        /** What is about to be stored. */
        static Held of(Siblings siblings, Bytes encoded) {
            return new Held(siblings, siblings, encoded, Hash.of(encoded), false);
        }

        static Held of(Siblings siblings) {
            return of(siblings, SiblingsCodec.encode(siblings));
        }

        boolean hasExpired() {
            return !siblings.equals(stored);
        }

        KeyState toKeyState() {
            return encoded.length() == 0 ? KeyState.ABSENT : EntryTag.toKeyState(digest, EntryTag.of(stored));
        }
    }

    /** Keys of which something has just expired, and is stored all the same; of many, those that have waited longest. */
    void due(int max, Consumer<Set<Key>> done) {
        Bytes end = StorageKeys.expiriesAfter(clock.nowMillis());
        storage.range(StorageKeys.expiriesBegin(), end, max, entries -> {
            Set<Key> keys = new LinkedHashSet<>();
            entries.forEach(entry -> keys.add(StorageKeys.expiryKey(entry.key())));
            done.accept(keys);
        });
    }

    /** A state as it is by now. */
    Siblings current(Key key, Siblings siblings) {
        return Expiry.at(clock.nowMillis(), cluster.bucket(key.bucket()).conflict(), siblings);
    }

    /** What becomes of the state here when another replica's, {@code encoded}, is merged into it. */
    Siblings merged(Key key, Held held, Siblings incoming, Bytes encoded) {
        Siblings merged = held.stored().merge(incoming);
        boolean mayExpire = SiblingsCodec.mayExpire(encoded) || SiblingsCodec.mayExpire(held.encoded());
        return mayExpire ? current(key, merged) : merged;
    }

    /** The same of an encoded one; nearly none has to be decoded for that. */
    Stored.Present current(Key key, Stored.Present encoded) {
        if (!SiblingsCodec.mayExpire(encoded.value())) {
            return encoded;
        }
        Siblings stored = SiblingsCodec.decode(encoded.value());
        Siblings current = current(key, stored);
        return current.equals(stored) ? encoded : new Stored.Present(SiblingsCodec.encode(current));
    }

    /**
     * The state to build the next one on.
     *
     * <p>A read that was under way while a batch failed may have seen what that batch took back: it is done again.
     */
    void load(Key key, Consumer<Held> done) {
        int failuresBefore = failures;
        storage.get(StorageKeys.data(key), stored -> {
            if (failures == failuresBefore) {
                done.accept(toHeld(key, stored));
            } else {
                load(key, done);
            }
        });
    }

    /** The encoded state alone, for those who only pass it on. */
    void loadEncoded(Key key, Consumer<Stored> done) {
        storage.get(StorageKeys.data(key), stored -> {
            if (stored instanceof Stored.Damaged) {
                onDamage(key);
            }
            done.accept(stored);
        });
    }

    /** The states of several keys, as they are together. */
    void loadAll(List<Key> keys, Consumer<List<Held>> done) {
        int failuresBefore = failures;
        loadNext(keys, new ArrayList<>(keys.size()), all -> {
            if (failures == failuresBefore) {
                done.accept(all);
            } else {
                loadAll(keys, done);
            }
        });
    }

    private void loadNext(List<Key> keys, List<Held> loaded, Consumer<List<Held>> done) {
        if (loaded.size() == keys.size()) {
            done.accept(loaded);
            return;
        }
        load(keys.get(loaded.size()), held -> {
            loaded.add(held);
            loadNext(keys, loaded, done);
        });
    }

    /** What a key's state is to become; {@code before} was loaded in the same turn. */
    record Replacement(Key key, Held before, Held next) {}

    /** Replaces a key's state. */
    void save(Key key, Held before, Held next, List<String> owedTo, Consumer<Outcome> done) {
        saveAll(List.of(new Replacement(key, before, next)), owedTo, done);
    }

    /** Replaces the states of several keys, all or none. */
    void saveAll(List<Replacement> replacements, List<String> owedTo, Consumer<Outcome> done) {
        List<Change> batch = new ArrayList<>(replacements.size() * (1 + owedTo.size()));
        for (Replacement saved : replacements) {
            Siblings next = saved.next().stored();
            batch.add(new Change(
                    StorageKeys.data(saved.key()),
                    Optional.of(saved.next().encoded()),
                    saved.next().digest(),
                    EntryTag.of(next)));
            debts.add(saved.key(), debts.targets(saved.key(), next.n(), owedTo), batch);
        }
        replace(replacements, batch, done);
    }

    /** Removes a key's state, and other records with it. */
    void forget(Key key, Held before, List<Bytes> records, Consumer<Outcome> done) {
        forgetting(before);
        List<Change> batch = removals(records);
        batch.add(new Change(StorageKeys.data(key), Optional.empty(), 0));
        replace(List.of(new Replacement(key, before, Held.ABSENT)), batch, done);
    }

    /** Remembers whom this node owes what it holds of a key; with nobody, tells when all that was saved before is durable. */
    void owe(Key key, List<String> targets, Consumer<Outcome> done) {
        List<Change> batch = new ArrayList<>(targets.size());
        debts.add(key, targets, batch);
        apply(batch, done);
    }

    /** Remembers that these members may lack anything that is here of a partition. */
    void owePartition(int partition, List<String> targets, Consumer<Outcome> done) {
        List<Change> batch = new ArrayList<>(targets.size());
        targets.forEach(target -> debts.addPartition(partition, target, batch));
        apply(batch, done);
    }

    /**
     * Removes a key's state that is proven to be dead everywhere. Our own dots in it are forgotten, but so is whatever they could still
     * be needed against: a later write under this actor may well claim them.
     */
    void reap(Key key, Held before, Consumer<Outcome> done) {
        List<Change> batch = removals(List.of(StorageKeys.data(key)));
        replace(List.of(new Replacement(key, before, Held.ABSENT)), batch, done);
    }

    /** Remembers up to what time a partition was reaped. */
    void setHorizon(int partition, long horizon, Consumer<Outcome> done) {
        apply(List.of(Horizons.change(partition, horizon)), done);
    }

    /** Remembers of a debt that its keys have arrived. */
    void markArrived(Bytes debt, Consumer<Outcome> done) {
        apply(List.of(new Change(debt, Optional.of(DebtBook.ARRIVED), 0)), done);
    }

    /** Removes records that are no longer needed here. */
    void remove(List<Bytes> records, Consumer<Outcome> done) {
        apply(removals(records), done);
    }

    private static List<Change> removals(List<Bytes> records) {
        List<Change> batch = new ArrayList<>(records.size() + 1);
        records.forEach(key -> batch.add(new Change(key, Optional.empty(), 0)));
        return batch;
    }

    /** Whether any of these debts is there, and its keys have not arrived yet. */
    void isAnyUnpaid(List<Bytes> records, Consumer<Boolean> done) {
        if (records.isEmpty()) {
            done.accept(false);
            return;
        }
        storage.get(records.get(0), stored -> {
            if (stored instanceof Stored.Absent || DebtBook.hasArrived(stored)) {
                isAnyUnpaid(records.subList(1, records.size()), done);
            } else {
                done.accept(true);
            }
        });
    }

    /** This state is about to be removed here: if it holds dots of ours, we are about to forget them. */
    private void forgetting(Held held) {
        if (held.siblings().context().latestOf(identity.actor()) > 0) {
            identity.renew("a copy that we stamped as a fallback was handed off");
        }
    }

    /** Stores the trees, as the last thing before a stop. */
    void saveTrees(Bytes record, Bytes trees, Consumer<Outcome> done) {
        savedTrees = Optional.of(record);
        apply(List.of(new Change(record, Optional.of(trees), 0)), done);
    }

    /** The trees show what storage shows. */
    private void replace(List<Replacement> replacements, List<Change> batch, Consumer<Outcome> done) {
        // A write that is still under way while the node stops makes what was saved of the trees untrue.
        savedTrees.ifPresent(record -> batch.add(new Change(record, Optional.empty(), 0)));
        Showing showing = new Showing();
        for (Replacement replaced : replacements) {
            Expiries.change(
                    replaced.key(), replaced.before().stored(), replaced.next().stored(), batch);
        }
        apply(batch, outcome -> {
            showing.ended = true;
            if (showing.shown && outcome != Outcome.DURABLE) {
                replacements.forEach(replaced -> trees.tookBack(replaced.key()));
            }
            done.accept(outcome);
        });
        // What is refused at once was never shown.
        if (!showing.ended) {
            showing.shown = true;
            replacements.forEach(this::show);
        }
    }

    private void show(Replacement replaced) {
        Key key = replaced.key();
        // A value may still be in memory whose record is known to have rotted: to the trees it is gone.
        KeyState before =
                damaged.remove(key) ? KeyState.ABSENT : replaced.before().toKeyState();
        trees.changed(key, before, replaced.next().toKeyState());
    }

    /** Whether a record of the group is known to be damaged: to whoever lists the group, its key is not there. */
    boolean isAnyDamaged(Group group) {
        return damaged.stream().anyMatch(group::contains);
    }

    /** Whether storage shows a batch yet, and whether it has ended. */
    private static final class Showing {
        private boolean shown;
        private boolean ended;
    }

    private void apply(List<Change> batch, Consumer<Outcome> done) {
        storage.apply(batch, outcome -> {
            if (outcome != Outcome.DURABLE) {
                failures++;
            }
            done.accept(outcome);
        });
    }

    private Held toHeld(Key key, Stored stored) {
        if (stored instanceof Stored.Present present) {
            try {
                Siblings siblings = SiblingsCodec.decode(present.value());
                boolean mayExpire = SiblingsCodec.mayExpire(present.value());
                Siblings current = mayExpire ? current(key, siblings) : siblings;
                return new Held(siblings, current, present.value(), present.digest(), false);
            } catch (MalformedException e) {
                onDamage(key);
                return Held.DAMAGED;
            }
        }
        if (stored instanceof Stored.Damaged) {
            onDamage(key);
            return Held.DAMAGED;
        }
        return Held.ABSENT;
    }

    /** To the trees a damaged key is an absent one, so that the next comparison with a peer brings it back. */
    private void onDamage(Entry entry) {
        if (!StorageKeys.isData(entry.key())) {
            return;
        }
        Key key = StorageKeys.toKey(entry.key());
        if (trees.covers(key)) {
            damaged.add(key);
            trees.changed(key, EntryTag.toKeyState(entry.digest(), entry.tag()), KeyState.ABSENT);
            onDamage(key);
        }
    }

    private void onDamage(Key key) {
        identity.renew("the record of a key in bucket " + key.bucket() + " is damaged");
    }
}
