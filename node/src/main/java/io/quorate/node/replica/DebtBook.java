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
    private final Map<String, Tally> tallies = new TreeMap<>();
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
            Bytes record;
            if (tally(target).add() <= debtsMax) {
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
        tally(target).add();
        Bytes record = StorageKeys.owedPartition(target, partition, cluster.ring());
        collapsed.put(record, ++collapses);
        batch.add(new Change(record, Optional.of(OWED), 0));
    }

    static boolean hasArrived(Stored debt) {
        return debt instanceof Stored.Present present && present.value().equals(ARRIVED);
    }

    /** Whether anything may be listed for a member: an empty list need not be read to be known. */
    boolean mayOwe(String target) {
        return !tally(target).counted || estimate(target) > 0;
    }

    /** The list for a member is about to be read from its beginning. */
    void counting(String target) {
        tally(target).since = 0;
    }

    /** Takes note of how much was found in it. */
    void counted(String target, long debts) {
        Tally tally = tally(target);
        tally.counted = true;
        tally.estimate = debts + tally.since;
    }

    long estimate(String target) {
        return tally(target).estimate;
    }

    private Tally tally(String target) {
        return tallies.computeIfAbsent(target, node -> new Tally());
    }

    /** A number that changes whenever a partition is collapsed into this record again. */
    long collapseOf(Bytes record) {
        return collapsed.getOrDefault(record, 0L);
    }

    void cleared(Bytes record) {
        collapsed.remove(record);
    }

    /** How much is listed for a member; at least as much as there is, because what is owed already counts again until the next count. */
    private static final class Tally {
        private long estimate;
        private long since;
        private boolean counted;

        long add() {
            since++;
            return ++estimate;
        }
    }
}
