package io.quorate.antientropy;

import io.quorate.core.message.ExchangeReply.ReapingBlocked;
import io.quorate.core.message.ExchangeRequest;
import io.quorate.core.message.ExchangeRequest.AskReaping;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.ring.Ring;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * One shard's anti-entropy: begins a round with each peer every so often, one at a time, and answers the rounds that peers begin.
 */
public final class AntiEntropy {
    /** While a member comes or goes, those that are not in sync yet compare without pause. */
    private static final long CHANGING_MILLIS = 250;

    private final ShardParts shard;
    private final ExchangeHandler handler;
    private final Reaper reaper;
    private final Predicate<String> isOwing;
    private final long intervalMillis;
    private final NavigableMap<String, Counts> counts = new TreeMap<>();
    private final Deque<String> due = new ArrayDeque<>();
    private final List<Runnable> whenIdle = new ArrayList<>();
    private boolean started;
    private boolean running;

    /**
     * Creates it; nothing runs yet.
     *
     * @param isOwing whether this node is delivering what it owes to a peer: a round would only find that, and send it twice
     * @param intervalMillis from one round with a peer to the next; zero for rounds only when they are asked for
     */
    public AntiEntropy(
            Surroundings world,
            KeyTrees trees,
            ReplicaKeys keys,
            Pace pace,
            Predicate<String> isOwing,
            long intervalMillis,
            Reaper.Settings reaping) {
        this.shard = new ShardParts(world, trees, keys, new Claims(world.clock()), pace);
        this.isOwing = peer -> !world.cluster().ring().isChanging() && isOwing.test(peer);
        this.handler = new ExchangeHandler(shard, this.isOwing);
        this.reaper = new Reaper(shard, trees.partitions(), reaping);
        this.intervalMillis = intervalMillis;
    }

    /** Begins to make rounds; the trees must be built. */
    public void start() {
        started = true;
        reaper.start();
        onRing();
    }

    /** The members have changed: some peers are new, some are gone. */
    public void onRing() {
        NavigableSet<String> peers = new TreeSet<>(ring().nodes());
        peers.remove(shard.self());
        counts.keySet().retainAll(peers);
        due.retainAll(peers);
        peers.stream().filter(peer -> !counts.containsKey(peer)).forEach(peer -> {
            counts.put(peer, new Counts());
            // Spread out from the start, or nodes that were started together would compare all at once for ever.
            if (intervalMillis > 0) {
                scheduleRound(peer, counts.get(peer), 1 + shard.world().random().nextLong(intervalMillis));
            }
        });
        copy(ring().digest());
    }

    /** While somebody comes or goes, compares with whom a whole round by this ring is still missing. */
    private void copy(long digest) {
        if (!started || !ring().isChanging() || ring().digest() != digest) {
            return;
        }
        counts.forEach((peer, count) -> {
            if (count.ring != digest) {
                enqueue(peer);
            }
        });
        proceed();
        shard.world().scheduler().schedule(CHANGING_MILLIS, () -> copy(digest));
    }

    /** Whether a whole round with that peer went by the ring as it is now: all that it had of ours is here. */
    public boolean isInSync(String peer) {
        Counts count = counts.get(peer);
        return count != null && count.ring == ring().digest();
    }

    /**
     * How many of the partitions that the change under way gives to this node are here, as one of those says that reads go to. What only
     * others of those have is compared until this node is in sync with all.
     *
     * @param n copies of a key
     */
    public int copied(int n) {
        Ring ring = ring();
        return (int) ring.gains(shard.self(), n).stream()
                .filter(partition -> ring.preference(partition).stream()
                        .limit(n)
                        .map(counts::get)
                        .anyMatch(count -> count != null && count.isAlike(partition, ring.digest())))
                .count();
    }

    private Ring ring() {
        return shard.world().cluster().ring();
    }

    /** Makes a round with every peer that can be reached, now; {@code done} runs when they have ended. */
    public void runNow(Runnable done) {
        whenIdle.add(done);
        counts.keySet().forEach(this::enqueue);
        proceed();
    }

    public void handle(String from, ExchangeRequest request, Responder reply) {
        if (request instanceof AskReaping ask) {
            reply.send(new ReapingBlocked(reaper.blocked(ask.partition())));
        } else {
            handler.handle(from, request, reply);
        }
    }

    /** How far it is with each peer, by id. */
    public List<PeerProgress> progress() {
        List<PeerProgress> all = new ArrayList<>();
        counts.forEach((peer, count) -> all.add(count.toProgress(peer)));
        return all;
    }

    /** Until the peer is gone, or gone and there anew. */
    private void scheduleRound(String peer, Counts count, long delayMillis) {
        shard.world().scheduler().scheduleCoarse(delayMillis, () -> {
            if (counts.get(peer) == count) {
                enqueue(peer);
                long jitter = shard.world().random().nextLong(1 + intervalMillis / 4);
                scheduleRound(peer, count, intervalMillis + jitter);
                proceed();
            }
        });
    }

    private void enqueue(String peer) {
        if (!due.contains(peer) && shard.world().cluster().isReachable(peer) && !isOwing.test(peer)) {
            due.add(peer);
        }
    }

    private void proceed() {
        if (running) {
            return;
        }
        if (due.isEmpty()) {
            List<Runnable> waiters = List.copyOf(whenIdle);
            whenIdle.clear();
            waiters.forEach(Runnable::run);
            return;
        }
        running = true;
        String peer = due.poll();
        new Round(shard, peer, counts.get(peer), () -> {
                    running = false;
                    // Soon, and not inside the round that ends: many short ones must not become a deep stack.
                    shard.world().scheduler().execute(this::proceed);
                })
                .begin();
    }
}
