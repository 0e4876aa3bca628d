package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Storage;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Transport;
import io.quorate.core.ring.ClusterView;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;

/**
 * Delivers what this node owes to the members that missed it (hinted handoff; Dynamo, section 4.6).
 *
 * <p>A debt names a key, not a value: the state is read when it is sent, so many overwrites are one debt. One pass per member at
 * a time, a page of debts in flight at once; a debt goes when the member's copy is durable, and a fallback's own copy with the
 * last debt for it.
 */
public final class Handoff {
    private static final int PAGE = 64;
    /** Debts to a member that cannot be reached are counted up to this; a longer list is known to be long. */
    private static final int COUNTED_MAX = 10_000;

    private static final int DELIVERY_TIMEOUT_MILLIS = 2_000;
    private static final long PAUSE_MILLIS = 500;

    private final Storage storage;
    private final KeyStates states;
    private final Turns turns;
    private final ClusterView cluster;
    private final Transport transport;
    private final Scheduler scheduler;
    private final Predicate<Key> own;
    private final ObjIntConsumer<String> onCounted;

    /**
     * The debts of one shard.
     *
     * @param own whether a key belongs to this shard; all shards of a node share one list of debts
     * @param onCounted hears, after each pass, how many debts to a member were left
     */
    Handoff(Replica.Parts parts, Predicate<Key> own, ObjIntConsumer<String> onCounted) {
        this.storage = parts.surroundings().storage();
        this.states = parts.states();
        this.turns = parts.turns();
        this.cluster = parts.surroundings().cluster();
        this.transport = parts.surroundings().transport();
        this.scheduler = parts.surroundings().scheduler();
        this.own = own;
        this.onCounted = onCounted;
    }

    public void start(List<String> members) {
        members.forEach(member -> new Pass(member).begin());
    }

    /** One walk through all debts to a member. */
    private final class Pass {
        private final String target;
        private int left;
        private int inFlight;
        private Bytes cursor;

        Pass(String target) {
            this.target = target;
            this.cursor = StorageKeys.owedTo(target);
        }

        void begin() {
            storage.range(cursor, StorageKeys.owedToEnd(target), PAGE, this::onPage);
        }

        private void onPage(List<Entry> debts) {
            left += debts.size();
            boolean last = debts.size() < PAGE || (left >= COUNTED_MAX && !cluster.isReachable(target));
            if (!debts.isEmpty()) {
                cursor = StorageKeys.following(debts.get(debts.size() - 1).key());
            }
            inFlight = 1;
            for (Entry debt : debts) {
                Key key = StorageKeys.owedKey(debt.key());
                if (own.test(key) && cluster.isReachable(target)) {
                    inFlight++;
                    new Delivery(target, key, paid -> onDelivered(paid, last)).begin();
                }
            }
            onDelivered(false, last);
        }

        /** Once for each delivery of the page, and once for the page itself. */
        private void onDelivered(boolean paid, boolean last) {
            left -= paid ? 1 : 0;
            if (--inFlight > 0) {
                return;
            }
            if (last) {
                onCounted.accept(target, left);
                scheduler.schedule(PAUSE_MILLIS, () -> new Pass(target).begin());
            } else {
                begin();
            }
        }
    }

    /** Hears once whether the debt was paid. */
    private interface Settled {
        void end(boolean paid);
    }

    /** One debt on its way. */
    private final class Delivery {
        private final String target;
        private final Key key;
        private final Settled settled;
        private boolean ended;

        Delivery(String target, Key key, Settled settled) {
            this.target = target;
            this.key = key;
            this.settled = settled;
        }

        void begin() {
            scheduler.schedule(DELIVERY_TIMEOUT_MILLIS, () -> end(false));
            states.load(key, held -> {
                if (held.siblings().isEmpty()) {
                    // Nothing is left to deliver; a damaged record is repaired by others, then owed no more by us.
                    states.remove(List.of(StorageKeys.owed(target, key)), outcome -> end(true));
                } else {
                    send(held);
                }
            });
        }

        private void send(KeyStates.Held held) {
            Merge merge = new Merge(key, held.encoded(), List.of());
            boolean left = transport.call(target, merge, DELIVERY_TIMEOUT_MILLIS, (node, reply) -> {
                if (reply instanceof Durable) {
                    settle(held);
                } else {
                    end(false);
                }
            });
            if (!left) {
                end(false);
            }
        }

        /** Under the key's turn, so that no write comes between the comparison and the removal. */
        private void settle(KeyStates.Held sent) {
            boolean accepted = turns.begin(
                    key,
                    () -> states.load(key, held -> {
                        if (held.encoded().equals(sent.encoded())) {
                            remove(held);
                        } else {
                            turns.end(key);
                            end(false);
                        }
                    }));
            if (!accepted) {
                end(false);
            }
        }

        private void remove(KeyStates.Held held) {
            List<String> preference = cluster.ring().preference(cluster.ring().partitionOf(key));
            int rank = preference.indexOf(cluster.self().orElseThrow());
            List<String> keepers = preference.subList(
                    0, Math.min(preference.size(), held.siblings().n()));
            if (rank < held.siblings().n()) {
                forget(List.of(StorageKeys.owed(target, key)));
                return;
            }
            states.owesToAny(
                    key,
                    keepers.stream().filter(keeper -> !keeper.equals(target)).toList(),
                    owesOthers -> {
                        if (owesOthers) {
                            forget(List.of(StorageKeys.owed(target, key)));
                        } else {
                            states.forgetting(held);
                            forget(List.of(StorageKeys.owed(target, key), StorageKeys.data(key)));
                        }
                    });
        }

        private void forget(List<Bytes> records) {
            states.remove(records, outcome -> end(true));
            turns.end(key);
        }

        private void end(boolean paid) {
            if (!ended) {
                ended = true;
                settled.end(paid);
            }
        }
    }
}
