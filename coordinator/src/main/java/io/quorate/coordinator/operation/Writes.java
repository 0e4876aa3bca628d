package io.quorate.coordinator.operation;

import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest;
import io.quorate.core.message.ReplicaRequest.MergeAll;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.ReplicaRequest.StampAll;
import java.util.ArrayList;
import java.util.List;

/** What one operation writes: one key, or several of a group, which are stamped and sent on together. */
final class Writes {
    private final List<StampedWrite> all;

    /** The writes of one request, all on the same terms. */
    Writes(Shard shard, List<Write> writes) {
        all = new ArrayList<>(writes.size());
        for (Write write : writes) {
            all.add(new StampedWrite(shard, write));
        }
    }

    /** Any of them, for what is the same of all. */
    Write first() {
        return all.get(0).write();
    }

    List<StampedWrite> all() {
        return all;
    }

    List<Key> keys() {
        List<Key> keys = new ArrayList<>(all.size());
        for (StampedWrite each : all) {
            keys.add(each.write().key());
        }
        return keys;
    }

    boolean areStamped() {
        return all.get(0).isStamped();
    }

    ReplicaRequest toStamp(List<String> owedTo) {
        if (all.size() == 1) {
            return first().toStamp(owedTo);
        }
        return new StampAll(
                all.stream().map(each -> (Stamp) each.write().toStamp(owedTo)).toList());
    }

    ReplicaRequest toMerge(List<String> owedTo) {
        if (all.size() == 1) {
            return all.get(0).toMerge(owedTo);
        }
        return new MergeAll(all.stream().map(each -> each.toMerge(owedTo)).toList());
    }

    /** Takes what a replica made of each; {@code onReply} runs at each answer to what follows from that. */
    void add(List<Stamped> minted, Replicas replicas, Runnable onReply) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).add(minted.get(i), replicas, onReply);
        }
    }

    boolean areSettled(Tally tally) {
        for (StampedWrite each : all) {
            if (!each.isSettled(tally)) {
                return false;
            }
        }
        return true;
    }

    /** What second dots changed of them; nearly always nothing. */
    List<Amendment> amendments() {
        List<Amendment> amendments = new ArrayList<>(0);
        for (StampedWrite each : all) {
            each.amendment().ifPresent(amendments::add);
        }
        return amendments;
    }

    /** Whether no answer to an amendment is waited for. */
    boolean areAmended() {
        for (StampedWrite each : all) {
            if (each.amendment().isPresent() && !each.amendment().get().isComplete()) {
                return false;
            }
        }
        return true;
    }
}
