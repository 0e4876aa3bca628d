package io.quorate.node.runtime;

import io.quorate.antientropy.PeerProgress;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Keeps at hand, for any thread, how the repair of what differs from each peer is going: a second old at most. */
public final class RepairWatch {
    private static final long INTERVAL_MILLIS = 1_000;

    private final Shards shards;
    private final Consumer<String> onPeer;
    private final Set<String> known = new TreeSet<>();
    private volatile Map<String, Repair> latest = Map.of();

    /** A watch; {@code onPeer} hears of each peer once, when it first appears. */
    public RepairWatch(Shards shards, Consumer<String> onPeer) {
        this.shards = shards;
        this.onPeer = onPeer;
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
                if (known.add(peer.peer())) {
                    onPeer.accept(peer.peer());
                }
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
