package io.quorate.coordinator.operation;

import io.quorate.coordinator.api.Acknowledgement;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.List;
import java.util.Optional;

/** What a slow replica's second stamp of a write changed of its state, on its way to all primaries. */
final class Amendment {
    private final Shard shard;
    private final Write write;
    private final Siblings state;
    private final Tally tally = new Tally(List.of());

    Amendment(Shard shard, Write write, Siblings state) {
        this.shard = shard;
        this.write = write;
        this.state = state;
    }

    Siblings state() {
        return state;
    }

    /** Sends it; {@code onReply} runs at each answer. */
    void spread(Replicas replicas, Runnable onReply) {
        Merge merge = new Merge(write.key(), SiblingsCodec.encode(state), List.of());
        for (String primary : replicas.primaries()) {
            boolean left = shard.transport()
                    .call(primary, merge, write.options().timeoutMillis(), (node, reply) -> {
                        if (reply instanceof Durable) {
                            tally.acknowledged(node);
                        } else {
                            tally.failed(node, Reasons.UNREACHABLE);
                        }
                        onReply.run();
                    });
            if (left) {
                tally.sent(primary, Optional.empty());
            }
        }
    }

    boolean isComplete() {
        return tally.isComplete();
    }

    /** Whether those that hold it would have been enough for the write itself. */
    boolean isHeldBy(Tally write) {
        return write.isMetBy(
                tally.acknowledgements().stream().map(Acknowledgement::node).toList());
    }

    boolean hasAcknowledged(String node) {
        return tally.hasAcknowledged(node);
    }
}
