package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The copies that this node holds for others. Each came together with a debt, so one that is owed to nobody any more has arrived
 * wherever it was missed, and may go.
 */
final class FallbackCopies {
    private final Replica.Parts parts;
    private final Ring ring;
    private final String self;

    FallbackCopies(Replica.Parts parts) {
        this.parts = parts;
        this.ring = parts.surroundings().cluster().ring();
        this.self = parts.surroundings().cluster().self().orElseThrow();
    }

    /** Whether this node holds a key of that n for others alone. */
    boolean isOne(int partition, int n) {
        return !ring.keeps(self, partition, n);
    }

    /**
     * Removes debts that are paid, and with the last of them a copy that was held for others. To be called, and ended, in the
     * key's turn.
     *
     * @param done hears whether that is durable
     */
    void settle(Key key, KeyStates.Held held, List<Bytes> paid, Consumer<Boolean> done) {
        int partition = ring.partitionOf(key);
        int n = held.siblings().n();
        if (!isOne(partition, n)) {
            parts.states().remove(paid, outcome -> done.accept(outcome == Outcome.DURABLE));
            parts.turns().end(key);
            return;
        }
        List<Bytes> unpaid = new ArrayList<>();
        List<String> preference = ring.preference(partition);
        for (String keeper : preference.subList(0, Math.min(preference.size(), n))) {
            unpaid.add(StorageKeys.owed(keeper, key));
            unpaid.add(StorageKeys.owedPartition(keeper, partition, ring));
        }
        unpaid.removeAll(paid);
        parts.states().isAnyUnpaid(unpaid, owesOthers -> {
            if (owesOthers) {
                parts.states().remove(paid, outcome -> done.accept(outcome == Outcome.DURABLE));
            } else {
                parts.states().forget(key, held, paid, outcome -> done.accept(outcome == Outcome.DURABLE));
            }
            parts.turns().end(key);
        });
    }

    /** Removes the copy of a key that is owed to nobody; {@code done} hears whether nothing of that is left to do. */
    void sweep(Key key, Consumer<Boolean> done) {
        boolean accepted = parts.turns()
                .begin(
                        key,
                        () -> parts.states().load(key, held -> {
                            if (held.siblings().isEmpty()) {
                                parts.turns().end(key);
                                done.accept(true);
                            } else {
                                settle(key, held, List.of(), done);
                            }
                        }));
        if (!accepted) {
            done.accept(false);
        }
    }
}
