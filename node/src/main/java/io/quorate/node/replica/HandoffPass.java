package io.quorate.node.replica;

import io.quorate.antientropy.Pace;
import io.quorate.antientropy.Parallel;
import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.ring.ClusterView;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** One walk through everything that is owed to one member, a page of debts at a time. */
final class HandoffPass {
    private static final int PAGE = 256;

    private final Replica.Parts parts;
    private final Pace pace;
    private final IntPredicate own;
    private final String target;
    private final Consumer<Ended> done;
    private final ClusterView cluster;
    private Bytes cursor;
    private long listed;
    private long paid;

    /** How many debts are left, of all shards, and how many this shard has paid. */
    record Ended(long left, long paid) {}

    HandoffPass(Replica.Parts parts, Pace pace, IntPredicate own, String target, Consumer<Ended> done) {
        this.parts = parts;
        this.pace = pace;
        this.own = own;
        this.target = target;
        this.done = done;
        this.cluster = parts.surroundings().cluster();
        this.cursor = StorageKeys.owedTo(target);
    }

    void begin() {
        parts.surroundings().storage().range(cursor, StorageKeys.owedToEnd(target), PAGE, this::onPage);
    }

    private void onPage(List<Entry> debts) {
        listed += debts.size();
        if (!debts.isEmpty()) {
            cursor = StorageKeys.following(debts.get(debts.size() - 1).key());
        }
        Parallel.run(debts, PAGE, this::deliver, () -> {
            if (debts.size() == PAGE) {
                begin();
            } else {
                done.accept(new Ended(listed - paid, paid));
            }
        });
    }

    private void deliver(Entry debt, Runnable whenDone) {
        int partition = cluster.ring().partitionOf(StorageKeys.owedToken(debt.key()));
        if (!own.test(partition) || !cluster.isReachable(target)) {
            whenDone.run();
            return;
        }
        Consumer<Boolean> settled = isPaid -> {
            paid += isPaid ? 1 : 0;
            whenDone.run();
        };
        if (StorageKeys.isOwedPartition(debt.key())) {
            new PartitionHandoff(parts, pace, target, partition, debt.key(), settled).begin();
        } else {
            pace.acquire(transfer -> Delivery.ofDebt(parts, target, debt.key(), (isPaid, bytes) -> {
                        transfer.end(bytes);
                        settled.accept(isPaid);
                    })
                    .begin());
        }
    }
}
