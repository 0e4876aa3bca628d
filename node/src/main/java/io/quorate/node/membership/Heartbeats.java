package io.quorate.node.membership;

import io.quorate.core.message.ClusterReply.Alive;
import io.quorate.core.message.ClusterRequest.Heartbeat;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Reply;
import io.quorate.core.port.Clock;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Transport;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Finds out which members answer.
 *
 * <p>Every member is asked at each tick; one that has not answered for {@code suspectMillis}, or whose connection broke, or that
 * says it is not serving, counts as unreachable until it answers again. Only answers count, so a link that works one way is down.
 */
public final class Heartbeats {
    /** A member is taken for dead only after several times what makes requests avoid it. */
    private static final long DOWN_FACTOR = 4;

    private final Supplier<? extends Collection<String>> peers;
    private final Timing timing;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Transport transport;
    private final Supplier<Heartbeat> message;
    private final Listener listener;
    private final Map<String, Peer> states = new TreeMap<>();
    private Set<String> reachable = Set.of();
    private Set<String> down = Set.of();
    private long lastTickNanos;
    private long startNanos;

    public Heartbeats(
            Supplier<? extends Collection<String>> peers,
            Timing timing,
            Clock clock,
            Scheduler scheduler,
            Transport transport,
            Supplier<Heartbeat> message,
            Listener listener) {
        this.peers = peers;
        this.timing = timing;
        this.clock = clock;
        this.scheduler = scheduler;
        this.transport = transport;
        this.message = message;
        this.listener = listener;
    }

    /**
     * How often to ask and how long to bear silence.
     *
     * @param intervalMillis too small costs idle CPU; too large notices failures and recoveries late
     * @param suspectMillis too small suspects nodes in a garbage collection; too large sends requests to the dead
     */
    public record Timing(int intervalMillis, int suspectMillis) {}

    /** Is told what the heartbeats found. */
    public interface Listener {
        void onReachable(Set<String> peers);

        void onDown(Set<String> peers);

        void onAlive(String node, Alive alive);
    }

    private static final class Peer {
        long lastAliveNanos;

        Peer(long now) {
            lastAliveNanos = now;
        }

        boolean answered;
        boolean serving;
        boolean broken;
    }

    public void start() {
        startNanos = clock.monotonicNanos();
        lastTickNanos = startNanos;
        tick();
    }

    /** Whether each peer has answered, or has had its time to. */
    public boolean isSettled() {
        return states.values().stream().allMatch(peer -> peer.answered)
                || millisSince(startNanos) > timing.suspectMillis();
    }

    public void onDisconnected(String node) {
        Peer peer = states.get(node);
        if (peer != null) {
            peer.broken = true;
            publish();
        }
    }

    private void tick() {
        forgiveOwnPause();
        Collection<String> now = peers.get();
        states.keySet().retainAll(now);
        now.forEach(node -> states.computeIfAbsent(node, added -> new Peer(clock.monotonicNanos())));
        Heartbeat heartbeat = message.get();
        for (String node : now) {
            transport.call(node, heartbeat, timing.suspectMillis(), this::onReply);
        }
        publish();
        scheduler.schedule(timing.intervalMillis(), this::tick);
    }

    /** Silence while this node itself was stopped says nothing about the others. */
    private void forgiveOwnPause() {
        long late = millisSince(lastTickNanos) - timing.intervalMillis();
        if (late > timing.intervalMillis()) {
            long lateNanos = TimeUnit.MILLISECONDS.toNanos(late);
            states.values().forEach(peer -> peer.lastAliveNanos += lateNanos);
        }
        lastTickNanos = clock.monotonicNanos();
    }

    private void onReply(String node, Reply reply) {
        if (reply instanceof Alive alive) {
            Peer peer = states.get(node);
            if (peer == null) {
                return;
            }
            peer.lastAliveNanos = clock.monotonicNanos();
            peer.answered = true;
            peer.serving = alive.serving();
            peer.broken = false;
            publish();
            listener.onAlive(node, alive);
        } else if (reply instanceof Lost) {
            onDisconnected(node);
        }
    }

    private void publish() {
        Set<String> now = new LinkedHashSet<>();
        states.forEach((node, peer) -> {
            if (peer.answered
                    && peer.serving
                    && !peer.broken
                    && millisSince(peer.lastAliveNanos) <= timing.suspectMillis()) {
                now.add(node);
            }
        });
        Set<String> dead = new LinkedHashSet<>();
        states.forEach((node, peer) -> {
            if (millisSince(peer.lastAliveNanos) > DOWN_FACTOR * timing.suspectMillis()) {
                dead.add(node);
            }
        });
        if (!dead.equals(down)) {
            down = dead;
            listener.onDown(dead);
        }
        if (!now.equals(reachable)) {
            reachable = now;
            listener.onReachable(now);
        }
    }

    private long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - nanos);
    }
}
