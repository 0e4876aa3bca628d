package io.quorate.node.replica;

import io.quorate.antientropy.Pace;
import io.quorate.antientropy.Parallel;
import io.quorate.core.Bytes;
import io.quorate.core.port.Storage.Entry;
import io.quorate.core.ring.ClusterView;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;

/**
 * One delivery of everything that is owed to one member, the oldest first. The list of debts is in the order of the keys: each walk
 * through it finds the next thousands to deliver.
 */
final class HandoffPass {
    private static final int PAGE = 1_000;
    private static final int KEPT_MAX = 20_000;
    private static final int AT_ONCE = 256;
    /** A pass beside clients may take minutes; who watches sees that it goes on. */
    private static final int SHOWN_EACH = 64;

    private final Replica.Parts parts;
    private final Pace pace;
    private final IntPredicate own;
    private final String target;
    private final LongConsumer onLeft;
    private final Consumer<Ended> done;
    private final ClusterView cluster;
    private OldestDebts oldest = new OldestDebts(KEPT_MAX);
    private long listed;
    private long ownListed;
    private long paidOfListed;
    private long paid;

    /** How many debts are left, of all shards, and how many this shard has paid. */
    record Ended(long left, long paid) {}

    /**
     * A pass that is not begun yet.
     *
     * @param onLeft hears now and then how many debts of this shard are left
     */
    HandoffPass(
            Replica.Parts parts,
            Pace pace,
            IntPredicate own,
            String target,
            LongConsumer onLeft,
            Consumer<Ended> done) {
        this.parts = parts;
        this.pace = pace;
        this.own = own;
        this.target = target;
        this.onLeft = onLeft;
        this.done = done;
        this.cluster = parts.surroundings().cluster();
    }

    void begin() {
        oldest = new OldestDebts(KEPT_MAX);
        listed = 0;
        ownListed = 0;
        paidOfListed = 0;
        read(StorageKeys.owedTo(target));
    }

    private void read(Bytes from) {
        parts.surroundings().storage().range(from, StorageKeys.owedToEnd(target), PAGE, this::onPage);
    }

    private void onPage(List<Entry> debts) {
        listed += debts.size();
        boolean isReachable = cluster.isReachable(target);
        for (Entry debt : debts) {
            if (own.test(partitionOf(debt.key()))) {
                ownListed++;
                if (isReachable) {
                    oldest.show(debt);
                }
            }
        }
        if (debts.size() == PAGE) {
            read(StorageKeys.following(debts.get(PAGE - 1).key()));
        } else {
            onLeft.accept(ownListed);
            Parallel.run(oldest.inOrder(), AT_ONCE, this::deliver, this::onDelivered);
        }
    }

    private void onDelivered() {
        paid += paidOfListed;
        if (!oldest.isComplete() && paidOfListed > 0) {
            begin();
        } else {
            onLeft.accept(ownListed - paidOfListed);
            done.accept(new Ended(listed - paidOfListed, paid));
        }
    }

    private void deliver(Bytes debt, Runnable whenDone) {
        if (!cluster.isReachable(target)) {
            whenDone.run();
            return;
        }
        Consumer<Boolean> settled = isPaid -> {
            if (isPaid && ++paidOfListed % SHOWN_EACH == 0) {
                onLeft.accept(ownListed - paidOfListed);
            }
            whenDone.run();
        };
        if (StorageKeys.isOwedPartition(debt)) {
            new PartitionHandoff(parts, pace, target, partitionOf(debt), debt, settled).begin();
        } else {
            pace.acquire(transfer -> Delivery.ofDebt(parts, target, debt, (isPaid, bytes) -> {
                        transfer.end(bytes);
                        settled.accept(isPaid);
                    })
                    .begin());
        }
    }

    private int partitionOf(Bytes debt) {
        return cluster.ring().partitionOf(StorageKeys.owedToken(debt));
    }
}
