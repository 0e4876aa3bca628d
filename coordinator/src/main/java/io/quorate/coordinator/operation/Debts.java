package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Explanation.Owed;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaRequest.Owe;
import io.quorate.core.port.Scheduler.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sees to it that every primary which may lack a write is owed it by a replica that holds it (the durable half of hinted
 * handoff; Dynamo, section 4.6).
 *
 * <p>The duty is a server's and not this coordinator's, which may be a client about to end.
 */
final class Debts {
    /** One holder may die before it has delivered. */
    private static final int HOLDERS_MAX = 2;

    private final Shard shard;
    private final List<Key> keys;
    private final int timeoutMillis;
    private final Map<String, List<String>> sentAlong = new LinkedHashMap<>();
    private int waiting;

    /** What may become owed of these keys, which were written together. */
    Debts(Shard shard, List<Key> keys, int timeoutMillis) {
        this.shard = shard;
        this.keys = keys;
        this.timeoutMillis = timeoutMillis;
    }

    /** The node records these debts together with its copy. */
    void sentAlong(String node, List<String> targets) {
        if (!targets.isEmpty()) {
            sentAlong.put(node, targets);
        }
    }

    /** What those that hold the write by now have recorded with it. */
    List<Owed> recordedBy(Tally tally) {
        List<Owed> recorded = new ArrayList<>();
        sentAlong.forEach((node, targets) -> {
            if (tally.hasAcknowledged(node)) {
                targets.forEach(target -> recorded.add(new Owed(target, node)));
            }
        });
        return recorded;
    }

    /**
     * Has what is not recorded yet recorded.
     *
     * @param amendments of the writes: who lacks one is owed it by who has all
     * @param ended runs when no more answer to that is to be expected
     */
    void record(Replicas replicas, Tally tally, List<Amendment> amendments, Runnable ended) {
        if (amendments.isEmpty() && haveAllAcknowledged(replicas, tally)) {
            ended.run();
            return;
        }
        List<String> acknowledged = tally.acknowledgements().stream()
                .map(acknowledgement -> acknowledgement.node())
                .toList();
        List<String> whole = acknowledged.stream()
                .filter(node -> amendments.stream().allMatch(amendment -> amendment.hasAcknowledged(node)))
                .toList();
        Set<String> recorded = new LinkedHashSet<>();
        whole.forEach(node -> recorded.addAll(sentAlong.getOrDefault(node, List.of())));
        List<String> targets = replicas.primaries().stream()
                .filter(primary -> !whole.contains(primary) && !recorded.contains(primary))
                .toList();
        if (!targets.isEmpty()) {
            holders(replicas, whole.isEmpty() ? acknowledged : whole)
                    .limit(HOLDERS_MAX)
                    .forEach(node -> keys.forEach(key -> send(node, key, targets, ended)));
        }
        if (waiting == 0) {
            ended.run();
        }
    }

    private static boolean haveAllAcknowledged(Replicas replicas, Tally tally) {
        for (String primary : replicas.primaries()) {
            if (!tally.hasAcknowledged(primary)) {
                return false;
            }
        }
        return true;
    }

    /** Primaries first: a fallback's copy goes away once it is handed over. */
    private static Stream<String> holders(Replicas replicas, List<String> nodes) {
        return Stream.concat(
                nodes.stream().filter(replicas::isPrimary), nodes.stream().filter(node -> !replicas.isPrimary(node)));
    }

    private void send(String node, Key key, List<String> targets, Runnable ended) {
        List<String> others =
                targets.stream().filter(target -> !target.equals(node)).toList();
        Owe owe = new Owe(key, others);
        Answer answer = new Answer(ended);
        if (shard.transport().call(node, owe, timeoutMillis, (from, reply) -> answer.end())) {
            waiting++;
            answer.timer = shard.scheduler().schedule(timeoutMillis, answer::end);
        }
    }

    /** One holder's answer, or its absence. */
    private final class Answer {
        private final Runnable ended;
        private Timer timer;
        private boolean over;

        Answer(Runnable ended) {
            this.ended = ended;
        }

        void end() {
            if (!over) {
                over = true;
                timer.cancel();
                if (--waiting == 0) {
                    ended.run();
                }
            }
        }
    }
}
