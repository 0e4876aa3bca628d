package io.quorate.node.runtime;

import io.quorate.antientropy.PeerProgress;
import java.util.Map;
import java.util.TreeMap;

/** Keeps at hand, for any thread, how the repair of what differs from each peer is going: a second old at most. */
public final class RepairWatch {
    private static final long INTERVAL_MILLIS = 1_000;

    private final Shards shards;
    private volatile Map<String, Repair> latest = Map.of();

    public RepairWatch(Shards shards) {
        this.shards = shards;
    }

    /**
     * What is to be repaired with one peer.
     *
     * @param owed keys that this node owes to it
     */
    public record Repair(PeerProgress progress, long owed) {}

    /** Begins to watch; called on the first shard's loop. */
    public void start() {
        ShardLoop first = shards.first();
        shards.progress(first, peers -> {
            Map<String, Repair> repairs = new TreeMap<>();
            for (PeerProgress peer : peers) {
                repairs.put(peer.peer(), new Repair(peer, first.shard().view().hints(peer.peer())));
            }
            latest = Map.copyOf(repairs);
            first.schedule(INTERVAL_MILLIS, this::start);
        });
    }

    /** Of each peer; nothing before the first look. */
    public Map<String, Repair> latest() {
        return latest;
    }
}
