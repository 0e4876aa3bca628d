package io.quorate.node.replica;

import io.quorate.antientropy.Parallel;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.ring.Ring;
import io.quorate.core.time.HybridClock;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Which keys expire when, in the order of time: a record of each lies beside the key's own.
 *
 * <p>Readers do not depend on it: to them a value has expired when the clock says so. It finds those values in the background, so that
 * they become stored tombstones, which give their room back and are reaped as any other.
 */
public final class Expiries {
    private static final int PAGE = 1_000;
    private static final int AT_ONCE = 16;

    private final Replica.Parts parts;
    private final HybridClock clock;
    private final IntPredicate own;
    private final Ring ring;

    Expiries(Replica.Parts parts, HybridClock clock, IntPredicate own) {
        this.parts = parts;
        this.clock = clock;
        this.own = own;
        this.ring = parts.surroundings().cluster().ring();
    }

    /** What changes of the records when one state replaces another. */
    static void change(Key key, Siblings before, Siblings next, List<Change> batch) {
        for (Sibling version : before.versions()) {
            if (version.isExpiring() && !expires(next, version.expiresMillis())) {
                batch.add(new Change(StorageKeys.expiry(version.expiresMillis(), key), Optional.empty(), 0));
            }
        }
        for (Sibling version : next.versions()) {
            if (version.isExpiring() && !expires(before, version.expiresMillis())) {
                batch.add(new Change(StorageKeys.expiry(version.expiresMillis(), key), Optional.of(Bytes.EMPTY), 0));
            }
        }
    }

    private static boolean expires(Siblings state, long millis) {
        return state.versions().stream().anyMatch(version -> version.isExpiring() && version.expiresMillis() == millis);
    }

    /** Goes once through all whose time has come; {@code whenDone} runs after the last. */
    public void collect(Runnable whenDone) {
        collect(StorageKeys.expiriesBegin(), whenDone);
    }

    private void collect(Bytes from, Runnable whenDone) {
        Bytes end = StorageKeys.expiriesAfter(clock.nowMillis());
        parts.surroundings().storage().range(from, end, PAGE, due -> {
            List<Entry> ours = due.stream().filter(this::isOurs).toList();
            Parallel.run(ours, AT_ONCE, (entry, ended) -> expire(entry.key(), ended), () -> {
                if (due.size() == PAGE) {
                    collect(StorageKeys.following(due.get(PAGE - 1).key()), whenDone);
                } else {
                    whenDone.run();
                }
            });
        });
    }

    /** All shards of a node share one list. */
    private boolean isOurs(Entry entry) {
        return own.test(ring.partitionOf(StorageKeys.expiryKey(entry.key())));
    }

    private void expire(Bytes record, Runnable ended) {
        Key key = StorageKeys.expiryKey(record);
        boolean accepted = parts.turns()
                .begin(
                        key,
                        () -> parts.states().load(key, held -> {
                            if (held.hasExpired()) {
                                KeyStates.Held next = KeyStates.Held.of(held.siblings());
                                parts.states().save(key, held, next, List.of(), outcome -> ended.run());
                            } else {
                                parts.states().remove(List.of(record), outcome -> ended.run());
                            }
                            parts.turns().end(key);
                        }));
        if (!accepted) {
            ended.run();
        }
    }
}
