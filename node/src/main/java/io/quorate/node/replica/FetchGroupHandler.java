package io.quorate.node.replica;

import io.quorate.antientropy.Parallel;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.FetchedGroup;
import io.quorate.core.message.ReplicaReply.State;
import io.quorate.core.message.ReplicaRequest.FetchGroup;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Stored;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells this replica's states of all keys of a group, as they are at one moment.
 *
 * <p>A listing is of one moment, but values are read after it. So keys are listed again, and what has changed is read again, until
 * the values at hand are those that one listing names.
 */
final class FetchGroupHandler {
    /** More would make one answer stall what comes behind it on the connection. */
    static final int KEYS_MAX = 1_000;

    static final int BYTES_MAX = 4 << 20;
    private static final int LISTINGS_MAX = 20;
    private static final int READS_AT_ONCE = 32;

    private final Storage storage;
    private final KeyStates states;

    FetchGroupHandler(Storage storage, KeyStates states) {
        this.storage = storage;
        this.states = states;
    }

    void handle(FetchGroup fetch, Responder reply) {
        new Look(fetch.group(), reply).list();
    }

    /** One request's values so far. */
    private final class Look {
        private final Group group;
        private final Responder reply;
        private final SortedMap<Bytes, Stored.Present> values = new TreeMap<>();
        private List<Entry> listed = List.of();
        private int listings;

        Look(Group group, Responder reply) {
            this.group = group;
            this.reply = reply;
        }

        void list() {
            if (listings++ == LISTINGS_MAX) {
                reply.send(Refusals.CHANGING);
                return;
            }
            Bytes from = StorageKeys.data(Key.first(group.firstToken()));
            storage.range(from, StorageKeys.dataAfter(group.lastToken()), KEYS_MAX + 1, this::onListed);
        }

        private void onListed(List<Entry> entries) {
            listed = entries.stream()
                    .filter(entry -> group.contains(StorageKeys.toKey(entry.key())))
                    .toList();
            long bytes = listed.stream().mapToLong(Entry::length).sum();
            if (entries.size() > KEYS_MAX || bytes > BYTES_MAX) {
                reply.send(Refusals.GROUP_TOO_LARGE);
                return;
            }
            List<Entry> missing =
                    listed.stream().filter(entry -> !isAtHand(entry)).toList();
            Parallel.run(missing, READS_AT_ONCE, this::read, this::answerOrListAgain);
        }

        private void read(Entry entry, Runnable whenDone) {
            storage.get(entry.key(), stored -> {
                if (stored instanceof Stored.Present present) {
                    values.put(entry.key(), present);
                }
                whenDone.run();
            });
        }

        private void answerOrListAgain() {
            if (states.isAnyDamaged(group)) {
                reply.send(Refusals.DAMAGED);
            } else if (listed.stream().allMatch(this::isAtHand)) {
                reply.send(new FetchedGroup(listed.stream().map(this::current).toList()));
            } else {
                list();
            }
        }

        private State current(Entry entry) {
            Key key = StorageKeys.toKey(entry.key());
            return new State(key, states.current(key, values.get(entry.key())).value());
        }

        private boolean isAtHand(Entry entry) {
            Stored.Present value = values.get(entry.key());
            return value != null && value.digest() == entry.digest();
        }
    }
}
