package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.port.Storage.Stored;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The replica's states of keys, as kept in storage. */
public final class KeyStates {
    private final Storage storage;
    private final Identity identity;
    private int failures;

    public KeyStates(Storage storage, Identity identity) {
        this.storage = storage;
        this.identity = identity;
    }

    /**
     * A key's state here.
     *
     * @param damaged there was one, and it cannot be read; the state is empty until somebody sends it again
     */
    record Held(Siblings siblings, Bytes encoded, boolean damaged) {
        static final Held ABSENT = new Held(Siblings.EMPTY, Bytes.EMPTY, false);
        static final Held DAMAGED = new Held(Siblings.EMPTY, Bytes.EMPTY, true);
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

    void save(Key key, Siblings siblings, Bytes encoded, List<String> owedTo, Consumer<Outcome> done) {
        List<Change> batch = new ArrayList<>(1 + owedTo.size());
        batch.add(new Change(StorageKeys.data(key), Optional.of(encoded), EntryTag.of(siblings)));
        addDebts(key, owedTo, batch);
        apply(batch, done);
    }

    /** Remembers whom this node owes what it holds of a key; with nobody, tells when all that was saved before is durable. */
    void owe(Key key, List<String> targets, Consumer<Outcome> done) {
        List<Change> batch = new ArrayList<>(targets.size());
        addDebts(key, targets, batch);
        apply(batch, done);
    }

    private static void addDebts(Key key, List<String> targets, List<Change> batch) {
        for (String target : targets) {
            batch.add(new Change(StorageKeys.owed(target, key), Optional.of(Bytes.EMPTY), 0));
        }
    }

    /** Removes records that are no longer needed here. */
    void remove(List<Bytes> records, Consumer<Outcome> done) {
        apply(records.stream().map(key -> new Change(key, Optional.empty(), 0)).toList(), done);
    }

    /** Whether a debt about the key to any of these members is recorded. */
    void owesToAny(Key key, List<String> members, Consumer<Boolean> done) {
        if (members.isEmpty()) {
            done.accept(false);
            return;
        }
        storage.get(StorageKeys.owed(members.get(0), key), stored -> {
            if (stored instanceof Stored.Absent) {
                owesToAny(key, members.subList(1, members.size()), done);
            } else {
                done.accept(true);
            }
        });
    }

    /** This state is about to be removed here: if it holds dots of ours, we are about to forget them. */
    void forgetting(Held held) {
        if (held.siblings().context().latestOf(identity.actor()) > 0) {
            identity.renew("a copy that we stamped as a fallback was handed off");
        }
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
                return new Held(SiblingsCodec.decode(present.value()), present.value(), false);
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

    private void onDamage(Key key) {
        identity.renew("the record of a key in bucket " + key.bucket() + " is damaged");
    }
}
