package io.quorate.node.replica;

import io.quorate.antientropy.KeyTrees;
import io.quorate.antientropy.Parallel;
import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.port.Storage.Outcome;
import io.quorate.core.ring.Ring;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a shard does when the members have changed: what it holds of partitions that it no longer keeps becomes owed to those that
 * keep them now, and goes when they have confirmed it; what it owed to members that are gone is owed no more.
 *
 * <p>In this order: a copy that was held for a member that is gone must be owed to somebody else first.
 */
public final class Handover {
    private static final int PAGE = 1_000;
    private static final int AT_ONCE = 16;

    private final Replica.Parts parts;
    private final KeyTrees trees;
    private final Ring ring;
    private final String self;
    private boolean whole = true;

    Handover(Replica.Parts parts) {
        this.parts = parts;
        this.trees = parts.trees();
        this.ring = parts.surroundings().cluster().ring();
        this.self = parts.surroundings().cluster().self().orElseThrow();
    }

    /** Whether this shard holds keys of which it is no replica. */
    public boolean isNeeded() {
        return trees.partitions().stream().anyMatch(this::isStray);
    }

    private boolean isStray(int partition) {
        return trees.copies(partition).stream().anyMatch(n -> !ring.keeps(self, partition, n));
    }

    /**
     * Begins.
     *
     * @param gone members that nothing is owed to any more
     * @param done hears whether all of it is durable
     */
    public void begin(Collection<String> gone, Consumer<Boolean> done) {
        List<Integer> strays = trees.partitions().stream().filter(this::isStray).toList();
        Parallel.run(strays, AT_ONCE, this::owe, () -> {
            if (whole) {
                Parallel.run(
                        gone,
                        1,
                        (member, whenDone) -> forgive(StorageKeys.owedTo(member), member, whenDone),
                        () -> done.accept(whole));
            } else {
                done.accept(false);
            }
        });
    }

    private void owe(int partition, Runnable whenDone) {
        int n = trees.copies(partition).stream()
                .mapToInt(copies -> copies)
                .max()
                .orElse(0);
        List<String> keepers = ring.preference(partition).stream()
                .limit(n)
                .filter(keeper -> !keeper.equals(self))
                .toList();
        parts.states().owePartition(partition, keepers, outcome -> {
            whole &= outcome == Outcome.DURABLE;
            whenDone.run();
        });
    }

    private void forgive(Bytes from, String member, Runnable whenDone) {
        parts.surroundings().storage().range(from, StorageKeys.owedToEnd(member), PAGE, debts -> {
            List<Bytes> ours =
                    debts.stream().map(Entry::key).filter(this::isOurs).toList();
            parts.states().remove(ours, outcome -> {
                whole &= outcome == Outcome.DURABLE;
                if (debts.size() == PAGE) {
                    forgive(StorageKeys.following(debts.get(PAGE - 1).key()), member, whenDone);
                } else {
                    whenDone.run();
                }
            });
        });
    }

    /** All shards of a node share one list of debts. */
    private boolean isOurs(Bytes debt) {
        return trees.partitions().contains(ring.partitionOf(StorageKeys.owedToken(debt)));
    }
}
