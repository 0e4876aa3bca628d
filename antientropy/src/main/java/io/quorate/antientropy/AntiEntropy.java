package io.quorate.antientropy;

import io.quorate.core.message.ExchangeReply.ReapingBlocked;
import io.quorate.core.message.ExchangeRequest;
import io.quorate.core.message.ExchangeRequest.AskReaping;
import io.quorate.core.port.RequestHandler.Responder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One shard's anti-entropy: begins a round with each peer every so often, one at a time, and answers the rounds that peers begin.
 */
public final class AntiEntropy {
    private final ShardParts shard;
    private final ExchangeHandler handler;
    private final Reaper reaper;
    private final long intervalMillis;
    private final Predicate<String> isOwing;
    private final Map<String, Counts> counts = new TreeMap<>();
    private final Deque<String> due = new ArrayDeque<>();
    private final List<Runnable> whenIdle = new ArrayList<>();
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
            List<String> peers,
            Predicate<String> isOwing,
            long intervalMillis,
            Reaper.Settings reaping) {
        Claims claims = new Claims(world.clock());
        this.shard = new ShardParts(world, trees, keys, claims, pace);
        this.handler = new ExchangeHandler(trees, keys, claims, isOwing);
        this.isOwing = isOwing;
        this.reaper = new Reaper(shard, trees.partitions(), reaping);
        this.intervalMillis = intervalMillis;
        peers.forEach(peer -> counts.put(peer, new Counts()));
    }

    /** Begins to make rounds; the trees must be built. */
    public void start() {
        reaper.start();
        if (intervalMillis > 0) {
            // Spread out from the start, or nodes that were started together would compare all at once for ever.
            counts.keySet()
                    .forEach(peer ->
                            scheduleRound(peer, 1 + shard.world().random().nextLong(intervalMillis)));
        }
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

    private void scheduleRound(String peer, long delayMillis) {
        shard.world().scheduler().schedule(delayMillis, () -> {
            enqueue(peer);
            long jitter = shard.world().random().nextLong(1 + intervalMillis / 4);
            scheduleRound(peer, intervalMillis + jitter);
            proceed();
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
