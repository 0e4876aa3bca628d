package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.Reply;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whom a read repairs once all have replied. */
final class ReadRepairTest {
    private static final Key KEY = Key.of("b", "k");
    private static final Bytes OLD = state(Siblings.EMPTY, 1);
    private static final Bytes NEW = state(SiblingsCodec.decode(OLD), 2);
    private static final Reply DAMAGED = new Refused(Refused.Reason.DAMAGED, "its record does not match its checksum");

    private final ManualShard world = new ManualShard("n1", "n2", "n3");
    private final QuorumCoordinator coordinator = new QuorumCoordinator(
            new Shard(world.cluster(), world, world, world, new SplittableRandom(1), new Patience(200)));

    @Test
    void nobodyWhereAllHoldTheSame() {
        assertThat(repaired(held(NEW), held(NEW), held(NEW))).isEmpty();
        assertThat(repaired(Fetched.ABSENT, Fetched.ABSENT, Fetched.ABSENT)).isEmpty();
    }

    @Test
    void whoHoldsLessWhereverItReplies() {
        assertThat(repaired(held(OLD), held(NEW), held(NEW))).containsExactly("n1");
        assertThat(repaired(held(NEW), held(OLD), held(NEW))).containsExactly("n2");
        assertThat(repaired(held(NEW), held(NEW), Fetched.ABSENT)).containsExactly("n3");
    }

    @Test
    void whoseCopyIsDamagedThoughAllOthersHoldTheSame() {
        assertThat(repaired(held(NEW), held(NEW), DAMAGED)).containsExactly("n3");
    }

    /** Has n1, n2 and n3 reply in this order; tells who is sent the newest state. */
    private List<String> repaired(Reply... replies) {
        coordinator.get(KEY, ReadOptions.DEFAULT, answer -> {});
        List<ManualShard.Call> fetches = world.all(Fetch.class);
        for (int i = 0; i < replies.length; i++) {
            String node = "n" + (i + 1);
            fetches.stream()
                    .filter(call -> call.node().equals(node))
                    .findFirst()
                    .orElseThrow()
                    .reply(replies[i]);
        }
        List<ManualShard.Call> merges = world.all(Merge.class);
        assertThat(merges)
                .allSatisfy(
                        call -> assertThat(((Merge) call.content()).siblings()).isEqualTo(NEW));
        return merges.stream().map(ManualShard.Call::node).toList();
    }

    private static Reply held(Bytes siblings) {
        return new Fetched(Hash.of(siblings), siblings, false);
    }

    private static Bytes state(Siblings before, long counter) {
        Sibling version = new Sibling(
                new Dot(new Actor("n1", 1), counter), new RequestId(7, counter), Optional.of(Bytes.utf8("" + counter)));
        Context seen = before.context();
        return SiblingsCodec.encode(before.stamp(seen, version, 3));
    }
}
