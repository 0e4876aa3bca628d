package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.port.Storage.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * One key on its way to a member that is owed it.
 *
 * <p>The state is read when it is sent. A debt of the key's own goes when the member's copy is durable and ours is still the one that
 * was sent.
 */
final class Delivery {
    private final Replica.Parts parts;
    private final String target;
    private final Key key;
    private final Optional<Bytes> debt;
    private final Settled settled;
    private long bytes;

    /** Hears once whether the member has the key now, and what was sent for it. */
    interface Settled {
        void end(boolean paid, long bytes);
    }

    private Delivery(Replica.Parts parts, String target, Key key, Optional<Bytes> debt, Settled settled) {
        this.parts = parts;
        this.target = target;
        this.key = key;
        this.debt = debt;
        this.settled = settled;
    }

    /** Pays the debt of one key. */
    static Delivery ofDebt(Replica.Parts parts, String target, Bytes debt, Settled settled) {
        return new Delivery(parts, target, StorageKeys.owedKey(debt), Optional.of(debt), settled);
    }

    /** Brings a key that has no debt of its own, because its whole partition is owed. */
    static Delivery ofKey(Replica.Parts parts, String target, Key key, Settled settled) {
        return new Delivery(parts, target, key, Optional.empty(), settled);
    }

    void begin() {
        parts.states().load(key, held -> {
            if (held.siblings().isEmpty()) {
                // Nothing is left to deliver. A damaged record is repaired by others, and owed by them.
                parts.states()
                        .remove(debt.stream().toList(), outcome -> settled.end(outcome == Outcome.DURABLE, bytes));
            } else {
                send(held);
            }
        });
    }

    private void send(KeyStates.Held held) {
        bytes += held.encoded().length() + key.encoded().length();
        parts.surroundings().peer(target).ask(new Merge(key, held.encoded(), List.of()), reply -> {
            if (!(reply instanceof Durable)) {
                settled.end(false, bytes);
            } else if (debt.isEmpty()) {
                settled.end(true, bytes);
            } else {
                settle(held, debt.get());
            }
        });
    }

    /** Under the key's turn, so that no write comes between the comparison and the removal. */
    private void settle(KeyStates.Held sent, Bytes paid) {
        boolean accepted = parts.turns()
                .begin(
                        key,
                        () -> parts.states().load(key, held -> {
                            if (held.encoded().equals(sent.encoded())) {
                                new FallbackCopies(parts)
                                        .settle(key, held, List.of(paid), isDurable -> settled.end(isDurable, bytes));
                            } else {
                                parts.turns().end(key);
                                settled.end(false, bytes);
                            }
                        }));
        if (!accepted) {
            settled.end(false, bytes);
        }
    }
}
