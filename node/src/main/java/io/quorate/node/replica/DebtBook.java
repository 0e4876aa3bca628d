package io.quorate.node.replica;

import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.port.Storage.Change;
import io.quorate.core.port.Storage.Stored;
import io.quorate.core.ring.ClusterView;
import io.quorate.core.ring.Ring;
import io.quorate.core.time.HybridClock;
import io.quorate.core.time.HybridTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Writes down what this node owes: the keys that a member may lack, or, beyond a bound, whole partitions.
 *
 * <p>A debt names a key and not a value, so a thousand overwrites are one debt, as old as the last of them. Nothing expires: what is
 * too much to be listed is only remembered more coarsely.
 */
final class DebtBook {
    private static final Bytes OWED = Bytes.EMPTY;
    /** What a debt of a partition says when its keys have arrived, and copies that were held for others are left to be removed. */
    static final Bytes ARRIVED = Bytes.wrap(new byte[] {1});

    private final ClusterView cluster;
    private final HybridClock clock;
    private final long debtsMax;
    /** At least as many as there are: overwrites of a key that is owed already count again until the next count. */
    private final Map<String, Long> estimates = new TreeMap<>();

    private long collapses;
    private final Map<Bytes, Long> collapsed = new TreeMap<>();

    /**
     * Opens the book of one shard.
     *
     * @param debtsMax keys listed for each member; too small: whole partitions are compared for a few writes; too large: the list
     *     takes disk and time
     */
    DebtBook(ClusterView cluster, HybridClock clock, long debtsMax) {
        this.cluster = cluster;
        this.clock = clock;
        this.debtsMax = debtsMax;
    }

    /** Adds to a batch what it takes to remember that these members may lack what is here of a key. */
    void add(Key key, List<String> targets, List<Change> batch) {
        int now = (int) TimeUnit.MILLISECONDS.toSeconds(HybridTime.toMillis(clock.last()));
        Ring ring = cluster.ring();
        for (String target : targets) {
            if (!isMember(target)) {
                continue;
            }
            long estimate = estimates.getOrDefault(target, 0L);
            Bytes record;
            if (estimate < debtsMax) {
                estimates.put(target, estimate + 1);
                record = StorageKeys.owed(target, key);
            } else {
                record = StorageKeys.owedPartition(target, ring.partitionOf(key), ring);
                collapsed.put(record, ++collapses);
            }
            batch.add(new Change(record, Optional.of(OWED), now));
        }
    }

    /** Nothing is owed to who has left, nor to this node itself. */
    private boolean isMember(String target) {
        return cluster.ring().nodes().contains(target)
                && cluster.self().filter(target::equals).isEmpty();
    }

    /** Whom to owe a key that this node holds: one that strayed here, and is owed to nobody, to one of those that keep it. */
    List<String> targets(Key key, int n, List<String> owedTo) {
        Ring ring = cluster.ring();
        int partition = ring.partitionOf(key);
        boolean stray = !ring.keeps(cluster.self().orElseThrow(), partition, n)
                && owedTo.stream().noneMatch(this::isMember);
        return stray ? ring.preference(partition).stream().limit(1).toList() : owedTo;
    }

    /** Adds to a batch that this member may lack anything that is here of a partition. */
    void addPartition(int partition, String target, List<Change> batch) {
        Bytes record = StorageKeys.owedPartition(target, partition, cluster.ring());
        collapsed.put(record, ++collapses);
        batch.add(new Change(record, Optional.of(OWED), 0));
    }

    static boolean hasArrived(Stored debt) {
        return debt instanceof Stored.Present present && present.value().equals(ARRIVED);
    }

    /** Takes note of how many keys are listed for a member. */
    void counted(String target, long debts) {
        estimates.put(target, debts);
    }

    long estimate(String target) {
        return estimates.getOrDefault(target, 0L);
    }

    /** A number that changes whenever a partition is collapsed into this record again. */
    long collapseOf(Bytes record) {
        return collapsed.getOrDefault(record, 0L);
    }

    void cleared(Bytes record) {
        collapsed.remove(record);
    }
}
