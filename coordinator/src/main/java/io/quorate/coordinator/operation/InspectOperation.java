package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Inspection;
import io.quorate.core.Key;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ExchangeReply.ReapingBlocked;
import io.quorate.core.message.ExchangeRequest.AskReaping;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.Reply;
import io.quorate.core.port.Scheduler.Timer;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One look at every member's own state of a key, and, where that is a tombstone, at what keeps it from being removed. */
final class InspectOperation {
    private final Shard shard;
    private final Key key;
    private final int timeoutMillis;
    private final Consumer<Inspection> done;
    private final Set<String> waiting = new LinkedHashSet<>();
    private final SortedMap<String, Siblings> states = new TreeMap<>();
    private final SortedMap<String, Long> digests = new TreeMap<>();
    private final SortedMap<String, String> failures = new TreeMap<>();
    private List<String> reapingBlocked = List.of();
    private boolean reaperAsked;
    private boolean answered;
    private Timer deadline;

    InspectOperation(Shard shard, Key key, int timeoutMillis, Consumer<Inspection> done) {
        this.shard = shard;
        this.key = key;
        this.timeoutMillis = timeoutMillis;
        this.done = done;
    }

    void start() {
        deadline = shard.scheduler().schedule(timeoutMillis, this::answer);
        for (String node : preference()) {
            boolean left = shard.cluster().isReachable(node)
                    && shard.transport().call(node, new Fetch(key, Integer.MAX_VALUE), timeoutMillis, this::onReply);
            if (left) {
                waiting.add(node);
            } else {
                failures.put(node, Reasons.UNREACHABLE);
            }
        }
        answerIfComplete();
    }

    private void onReply(String node, Reply reply) {
        waiting.remove(node);
        if (reply instanceof Fetched fetched) {
            onFetched(node, fetched);
        } else if (reply instanceof Refused refused) {
            failures.put(node, Reasons.of(refused));
        } else if (reply instanceof Lost) {
            failures.put(node, Reasons.CONNECTION_LOST);
        }
        answerIfComplete();
    }

    private void onFetched(String node, Fetched fetched) {
        digests.put(node, fetched.digest());
        if (!fetched.isAbsent()) {
            try {
                states.put(node, SiblingsCodec.decode(fetched.siblings()));
            } catch (MalformedException e) {
                failures.put(node, "malformed_reply");
            }
        }
    }

    private void answerIfComplete() {
        if (!waiting.isEmpty()) {
            return;
        }
        if (!reaperAsked && states.values().stream().anyMatch(Siblings::isDeleted)) {
            askReaper();
        } else {
            answer();
        }
    }

    /** The first of the preference list reaps the partition. */
    private void askReaper() {
        reaperAsked = true;
        String reaper = preference().get(0);
        reapingBlocked = List.of(reaper + " would remove it, and does not answer");
        boolean left = shard.cluster().isReachable(reaper)
                && shard.transport().call(reaper, new AskReaping(partition()), timeoutMillis, (node, reply) -> {
                    if (reply instanceof ReapingBlocked blocked) {
                        reapingBlocked = blocked.reasons();
                    }
                    answer();
                });
        if (!left) {
            answer();
        }
    }

    private void answer() {
        if (answered) {
            return;
        }
        answered = true;
        deadline.cancel();
        waiting.forEach(node -> failures.put(node, Reasons.TIMEOUT));
        int known = states.values().stream().mapToInt(Siblings::n).max().orElse(0);
        List<String> preference = preference();
        int n = Math.min(
                preference.size(),
                known > 0 ? known : shard.cluster().bucket(key.bucket()).n());
        List<Inspection.Replica> replicas = new ArrayList<>();
        for (int rank = 0; rank < preference.size(); rank++) {
            String node = preference.get(rank);
            if (rank < n || states.containsKey(node)) {
                replicas.add(new Inspection.Replica(
                        node,
                        rank < n,
                        digests.getOrDefault(node, 0L),
                        Optional.ofNullable(states.get(node)),
                        Optional.ofNullable(failures.get(node))));
            }
        }
        done.accept(new Inspection(partition(), preference, replicas, reapingBlocked));
    }

    private List<String> preference() {
        return shard.cluster().ring().preference(partition());
    }

    private int partition() {
        return shard.cluster().ring().partitionOf(key);
    }
}
