package io.quorate.node.membership;

import io.quorate.core.message.ClusterReply.Alive;
import io.quorate.core.message.ClusterReply.Reached;
import io.quorate.core.message.ClusterRequest.Heartbeat;
import io.quorate.core.message.ClusterRequest.ProbeFor;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Reply;
import io.quorate.core.port.Clock;
import io.quorate.core.port.ReplyHandler;
import io.quorate.core.port.RequestHandler.Responder;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Transport;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Finds out which peers answer, by SWIM with the lessons of Lifeguard.
 *
 * <pre>
 * reachable  its last answer said that it serves
 * suspect    silent for suspectMillis, or its connection broke: requests avoid it, others are asked whether they reach it
 * down       suspect, and nobody heard of it for convictMillis: a conviction
 * </pre>
 *
 * <p>At each tick a few peers are asked, in turn, so that the load of a node does not grow with the cluster; and again those that
 * owe an answer. Only direct answers make a peer reachable, so a link that works one way is down; what others hear keeps it from
 * being convicted, not from being avoided. Time in which this node itself stood still is given to everybody.
 */
public final class FailureDetector {
    static final int PROBES_MAX = 4;
    static final int RELAYS_MAX = 3;

    private final Timing timing;
    private final Surroundings around;
    private final Supplier<Heartbeat> message;
    private final Listener listener;
    private final Rotation rotation;
    private final LocalHealth health = new LocalHealth();
    private final Map<String, Watch> watches = new TreeMap<>();
    private Set<String> reachable = Set.of();
    private Set<String> down = Set.of();
    private long startNanos;
    private long lastTickNanos;

    public FailureDetector(Timing timing, Surroundings around, Supplier<Heartbeat> message, Listener listener) {
        this.timing = timing;
        this.around = around;
        this.message = message;
        this.listener = listener;
        this.rotation = new Rotation(around.random());
        this.lastTickNanos = now();
    }

    /**
     * How often to ask and how long to bear silence.
     *
     * @param intervalMillis too small costs idle CPU; too large notices failures and recoveries late
     * @param suspectMillis too small suspects nodes in a garbage collection; too large sends requests to the dead
     */
    public record Timing(int intervalMillis, int suspectMillis) {
        /** A suspicion costs a detour, a conviction may cost the moving of data: longer than pauses of a few seconds. */
        long convictMillis() {
            return 6L * suspectMillis;
        }
    }

    /** The world as the detector meets it. */
    public record Surroundings(Clock clock, Scheduler scheduler, Transport transport, RandomGenerator random) {}

    /** Is told what was found. */
    public interface Listener {
        /** These can be sent requests, and no others; called when they change. */
        void onReachable(Set<String> peers);

        /** These are convicted, and no others; called when they change. */
        void onDown(Set<String> peers);

        void onAlive(String node, Alive alive);
    }

    /** Begins with the peers set so far. */
    public void start() {
        startNanos = now();
        lastTickNanos = startNanos;
        watches.replaceAll((node, watch) -> new Watch(timing, startNanos));
        tick();
    }

    /** Watches these from now on; a new one is asked at the next tick, a former one is forgotten. */
    public void setPeers(Collection<String> peers) {
        watches.keySet().retainAll(peers);
        peers.forEach(node -> watches.computeIfAbsent(node, id -> new Watch(timing, now())));
        publish();
    }

    /** Whether each peer has said that it serves, or has had its time to since the start. */
    public boolean isSettled() {
        return watches.values().stream().allMatch(Watch::isReachable)
                || now() - startNanos > TimeUnit.MILLISECONDS.toNanos(timing.suspectMillis());
    }

    /** Whether it serves is asked at once, so that nobody is avoided until the next tick. */
    public void onConnected(String node) {
        Watch watch = watches.get(node);
        if (watch != null && !watch.isReachable()) {
            probe(node, this::onReply);
        }
    }

    public void onDisconnected(String node) {
        Watch watch = watches.get(node);
        if (watch != null) {
            forgiveOwnPause();
            watch.suspect(now());
            publish();
        }
    }

    /** Somebody's sign of life is no answer, but a reason to ask one who is avoided at once. */
    public void onHeartbeat(String from, Heartbeat heartbeat) {
        Watch watch = watches.get(from);
        if (watch != null && heartbeat.serving() && !watch.isReachable() && !watch.isAboutToAnswer(now())) {
            probe(from, this::onReply);
        }
    }

    /** Somebody else cannot reach that one, and wants to know whether this node can. */
    public void onProbeFor(String target, Responder reply) {
        boolean asked = watches.containsKey(target)
                && probe(target, (node, answer) -> {
                    onReply(node, answer);
                    reply.send(new Reached(answer instanceof Alive));
                });
        if (!asked) {
            reply.send(new Reached(false));
        }
    }

    private void tick() {
        forgiveOwnPause();
        assessHealth();
        Set<String> due = rotation.next(PROBES_MAX, watches.keySet());
        due.addAll(those(watch -> watch.isWaiting() && !watch.isDown()));
        due.forEach(node -> probe(node, this::onReply));
        publish();
        those(watch -> watch.takesRelays(now())).forEach(this::askOthersFor);
        lastTickNanos = now();
        around.scheduler().scheduleCoarse(timing.intervalMillis(), this::tick);
    }

    private boolean probe(String node, ReplyHandler replies) {
        watches.get(node).asked(now());
        return around.transport().call(node, message.get(), timing.suspectMillis(), replies);
    }

    private void onReply(String node, Reply reply) {
        Watch watch = watches.get(node);
        if (watch != null && reply instanceof Alive alive) {
            forgiveOwnPause();
            watch.answered(now(), alive.serving());
            publish();
            listener.onAlive(node, alive);
        } else if (reply instanceof Lost) {
            onDisconnected(node);
        }
    }

    private void askOthersFor(String target) {
        ProbeFor question = new ProbeFor(target);
        for (String relay : Rotation.sample(RELAYS_MAX, reachable, around.random())) {
            around.transport().call(relay, question, timing.suspectMillis(), (from, reply) -> {
                Watch watch = watches.get(target);
                if (watch != null && reply instanceof Reached reached && reached.answered()) {
                    watch.heardOf(now());
                    publish();
                }
            });
        }
    }

    /** Silence while this node itself was stopped says nothing about the others. Whatever runs first after a pause has to see to it. */
    private void forgiveOwnPause() {
        long intervalNanos = TimeUnit.MILLISECONDS.toNanos(timing.intervalMillis());
        long lateNanos = now() - lastTickNanos - intervalNanos;
        if (lateNanos > intervalNanos) {
            health.worse();
            watches.values().forEach(watch -> watch.forgive(lateNanos));
            lastTickNanos += lateNanos;
        }
    }

    /** When most peers owe an answer since the last tick, the fault may well be here. */
    private void assessHealth() {
        long judged = watches.values().stream().filter(watch -> !watch.isDown()).count();
        long owing = those(watch -> watch.isWaiting() && !watch.isDown()).size();
        if (2 * owing > judged) {
            health.worse();
        } else {
            health.better();
        }
    }

    private void publish() {
        watches.values().forEach(watch -> watch.judge(now(), health.patience()));
        Set<String> nowReachable = those(Watch::isReachable);
        Set<String> nowDown = those(Watch::isDown);
        if (!nowReachable.equals(reachable)) {
            reachable = nowReachable;
            listener.onReachable(nowReachable);
        }
        if (!nowDown.equals(down)) {
            down = nowDown;
            listener.onDown(nowDown);
        }
    }

    private Set<String> those(Predicate<Watch> which) {
        Set<String> found = new LinkedHashSet<>();
        watches.forEach((node, watch) -> {
            if (which.test(watch)) {
                found.add(node);
            }
        });
        return found;
    }

    private long now() {
        return around.clock().monotonicNanos();
    }
}
