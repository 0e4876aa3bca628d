package io.quorate.antientropy;

import io.quorate.core.message.ExchangeRequest.CompareNodes;
import io.quorate.core.message.TreeId;
import io.quorate.core.port.Scheduler.Timer;
import java.util.List;

/**
 * Keeps a partition claimed on both sides for as long as its exchange takes, which beside busy clients may be minutes: with a claim that
 * ran out, others would repair the same keys once more.
 */
final class Renewal {
    private static final long INTERVAL_MILLIS = Claims.SILENCE_MILLIS_MAX / 4;

    private final ShardParts shard;
    private final PeerCalls peer;
    private final TreeId tree;
    private final int level;
    private Timer timer;

    private Renewal(ShardParts shard, PeerCalls peer, TreeId tree, int level) {
        this.shard = shard;
        this.peer = peer;
        this.tree = tree;
        this.level = level;
    }

    /** Begins to renew claims that were just made. */
    static Renewal begin(ShardParts shard, PeerCalls peer, TreeId tree, int level) {
        Renewal renewal = new Renewal(shard, peer, tree, level);
        renewal.schedule();
        return renewal;
    }

    private void schedule() {
        timer = shard.world().scheduler().schedule(INTERVAL_MILLIS, () -> {
            shard.claims().claim(tree.partition(), shard.self());
            // Of no nodes: the claim is all there is to it.
            peer.tell(new CompareNodes(tree, level, List.of(), true));
            schedule();
        });
    }

    void end() {
        timer.cancel();
    }
}
