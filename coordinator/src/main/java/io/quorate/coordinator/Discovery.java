package io.quorate.coordinator;

import io.quorate.core.message.ClusterReply.Described;
import io.quorate.core.message.ClusterRequest.Describe;
import io.quorate.core.port.Scheduler;
import io.quorate.core.port.Transport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks for a description of the cluster, again and again: the seeds first, then whatever members are known.
 *
 * <p>One node after the other, so that a dead one costs one timeout; the seeds stay on the list, for the day when all known
 * members have moved.
 */
final class Discovery {
    private static final int ASK_TIMEOUT_MILLIS = 1_000;
    private static final long REFRESH_MILLIS = 1_000;
    private static final long RETRY_MILLIS = 100;

    private final List<String> seeds;
    private final Transport transport;
    private final Scheduler scheduler;
    private final Consumer<Described> found;
    private final Set<String> refreshing = new LinkedHashSet<>();
    private List<String> known = List.of();
    private int turn;
    private boolean stopped;

    Discovery(List<String> seeds, Transport transport, Scheduler scheduler, Consumer<Described> found) {
        this.seeds = seeds;
        this.transport = transport;
        this.scheduler = scheduler;
        this.found = found;
    }

    void start() {
        ask();
    }

    /** Asks this node at once, beside the usual turns: it goes by another ring. */
    void refresh(String node) {
        if (!stopped && refreshing.add(node)) {
            boolean left = transport.call(node, new Describe(), ASK_TIMEOUT_MILLIS, (from, reply) -> {
                refreshing.remove(node);
                if (reply instanceof Described described) {
                    adopt(described);
                }
            });
            if (!left) {
                refreshing.remove(node);
            } else {
                scheduler.schedule(ASK_TIMEOUT_MILLIS, () -> refreshing.remove(node));
            }
        }
    }

    void stop() {
        stopped = true;
    }

    private void ask() {
        if (stopped) {
            return;
        }
        List<String> candidates = new ArrayList<>(known);
        candidates.addAll(seeds);
        String node = candidates.get(turn++ % candidates.size());
        Attempt attempt = new Attempt();
        boolean left = transport.call(node, new Describe(), ASK_TIMEOUT_MILLIS, (from, reply) -> {
            if (reply instanceof Described described) {
                attempt.end(() -> adopt(described), REFRESH_MILLIS);
            } else {
                attempt.end(() -> {}, RETRY_MILLIS);
            }
        });
        if (left) {
            scheduler.schedule(ASK_TIMEOUT_MILLIS, () -> attempt.end(() -> {}, RETRY_MILLIS));
        } else {
            attempt.end(() -> {}, RETRY_MILLIS);
        }
    }

    private void adopt(Described described) {
        known = described.reachable();
        found.accept(described);
    }

    /** One question: its first answer, or its timeout, leads to the next. */
    private final class Attempt {
        private boolean ended;

        void end(Runnable then, long nextMillis) {
            if (!ended && !stopped) {
                ended = true;
                then.run();
                scheduler.schedule(nextMillis, Discovery.this::ask);
            }
        }
    }
}
