package io.quorate.antientropy;

import io.quorate.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Removes tombstones of the partitions that this node is the first replica of, once it is proven that nobody can bring the old
 * values back.
 *
 * <p>Age alone proves nothing: it resurrects what a replica missed, and keeps what it need not. See {@link Reaping} for the proof.
 */
public final class Reaper {
    private static final List<String> NOT_TRIED = List.of("not tried yet");

    private final ShardParts shard;
    private final List<Integer> partitions;
    private final Settings settings;
    private final Map<Integer, List<String>> blocked = new TreeMap<>();

    /**
     * When tombstones may go.
     *
     * @param ageMillis of a tombstone before anybody asks; longer than any request may be under way, and than clocks may differ
     * @param intervalMillis from one look at all partitions to the next
     */
    public record Settings(long ageMillis, long intervalMillis) {}

    Reaper(ShardParts shard, List<Integer> partitions, Settings settings) {
        this.shard = shard;
        this.partitions = partitions;
        this.settings = settings;
    }

    void start() {
        shard.world().scheduler().scheduleCoarse(settings.intervalMillis(), this::look);
    }

    /** Why tombstones of a partition that are still there were not reaped at the last attempt. */
    List<String> blocked(int partition) {
        return blocked.getOrDefault(partition, NOT_TRIED);
    }

    private void look() {
        Ring ring = shard.world().cluster().ring();
        List<Integer> due = new ArrayList<>();
        // Whoever comes or goes may hold what nobody else remembers.
        for (int partition : ring.isChanging() ? List.<Integer>of() : partitions) {
            List<String> preference = ring.preference(partition);
            if (shard.trees().isBuilt(partition)
                    && shard.trees().dead(partition) > 0
                    && preference.indexOf(shard.self()) == 0) {
                due.add(partition);
            }
        }
        blocked.keySet().retainAll(due);
        Parallel.run(due, 1, this::reap, this::start);
    }

    private void reap(int partition, Runnable whenDone) {
        new Reaping(shard, partition, settings.ageMillis(), reasons -> {
                    if (reasons.isEmpty()) {
                        blocked.remove(partition);
                    } else {
                        blocked.put(partition, reasons);
                    }
                    // Soon, and not inside the one that ends: many short ones must not become a deep stack.
                    shard.world().scheduler().execute(whenDone);
                })
                .begin();
    }
}
