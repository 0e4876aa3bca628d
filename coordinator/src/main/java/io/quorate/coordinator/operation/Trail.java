package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Explanation;
import io.quorate.coordinator.api.Explanation.Asked;
import io.quorate.coordinator.api.Explanation.Merge;
import io.quorate.coordinator.api.Explanation.Owed;
import io.quorate.coordinator.api.Explanation.Promise;
import io.quorate.coordinator.api.Explanation.Said;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.core.Key;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.Reply;
import io.quorate.core.port.Clock;
import io.quorate.core.ring.Ring;
import io.quorate.core.version.Siblings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What a request that is to be explained has met so far. Of all others there is only {@link #NONE}, which remembers nothing. */
final class Trail {
    static final Trail NONE = new Trail(Optional.empty());

    private final Optional<Clock> clock;
    private final long startNanos;
    private final List<Asked> asked = new ArrayList<>();
    private Optional<Merge> merge = Optional.empty();

    private Trail(Optional<Clock> clock) {
        this.clock = clock;
        this.startNanos = clock.map(Clock::monotonicNanos).orElse(0L);
    }

    static Trail of(boolean explain, Shard shard) {
        return explain ? new Trail(Optional.of(shard.clock())) : NONE;
    }

    void asked(String node, Optional<String> standsInFor, Replicas replicas) {
        if (clock.isPresent()) {
            asked.add(new Asked(node, replicas.isPrimary(node), standsInFor, micros(), new ArrayList<>()));
        }
    }

    /** It answers what it was asked last. */
    void replied(String node, Reply reply) {
        if (clock.isEmpty()) {
            return;
        }
        for (int i = asked.size() - 1; i >= 0; i--) {
            if (asked.get(i).node().equals(node)) {
                asked.get(i).said().add(said(reply));
                return;
            }
        }
    }

    private Said said(Reply reply) {
        Optional<Long> digest = reply instanceof Fetched fetched && !fetched.isAbsent()
                ? Optional.of(fetched.digest())
                : Optional.empty();
        return new Said(micros(), outcome(reply), digest);
    }

    private static String outcome(Reply reply) {
        if (reply instanceof Fetched fetched) {
            return fetched.isAbsent() ? "absent" : fetched.digestOnly() ? "digest" : "value";
        } else if (reply instanceof Stamped) {
            return "stamped";
        } else if (reply instanceof Durable) {
            return "durable";
        } else if (reply instanceof Refused refused) {
            return Reasons.of(refused);
        }
        return reply instanceof Lost ? Reasons.CONNECTION_LOST : "malformed_reply";
    }

    /** What a read is about to answer; who lacks something of it is not repaired yet. */
    void merged(Siblings merged, ReadRepair repair, Replies replies, Replicas replicas) {
        if (clock.isPresent()) {
            SortedMap<String, String> lacking = replies.lacking(merged);
            lacking.keySet().removeIf(node -> !replicas.keeps(node, merged.n()));
            merge = Optional.of(new Merge(replies.states(), repair, lacking));
        }
    }

    Optional<Explanation> explainRead(Shard shard, Key key, Tally tally, Quota quota, int n, int w, boolean overlap) {
        if (clock.isEmpty()) {
            return Optional.empty();
        }
        Promise promise = new Promise(n, quota.needed(), w, quota.sloppy(), overlap);
        return Optional.of(explanation(shard, key, tally, List.of(), promise));
    }

    Optional<Explanation> explainWrite(Shard shard, Write write, Tally tally, Debts debts, boolean overlap) {
        if (clock.isEmpty()) {
            return Optional.empty();
        }
        Quota quota = write.quota();
        int r = Math.min(quota.n(), write.bucket().r().of(quota.n()));
        Promise promise = new Promise(quota.n(), r, quota.needed(), quota.sloppy(), overlap);
        return Optional.of(explanation(shard, write.key(), tally, debts.recordedBy(tally), promise));
    }

    private Explanation explanation(Shard shard, Key key, Tally tally, List<Owed> owed, Promise promise) {
        Ring ring = shard.cluster().ring();
        int partition = ring.partitionOf(key);
        SortedMap<String, String> notAsked = new TreeMap<>(tally.failures());
        List<Asked> settled = new ArrayList<>(asked.size());
        for (Asked one : asked) {
            notAsked.remove(one.node());
            settled.add(new Asked(one.node(), one.primary(), one.hintFor(), one.micros(), List.copyOf(one.said())));
        }
        return new Explanation(partition, ring.preference(partition), settled, notAsked, merge, owed, promise);
    }

    private long micros() {
        return TimeUnit.NANOSECONDS.toMicros(clock.orElseThrow().monotonicNanos() - startNanos);
    }
}
