package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A write that two replicas stamped, because the first was slow, is one write all the same. */
final class LateStampTest {
    private static final Key KEY = Key.of("b", "k");

    private final ManualShard world = new ManualShard("n1", "n2", "n3");
    private final QuorumCoordinator coordinator =
            new QuorumCoordinator(new Shard(world.cluster(), world, world, new SplittableRandom(1), new Patience(200)));

    @Test
    void whatReplacesItLeavesNothingOfTheSecondDot() {
        List<Result<WriteAnswer>> answers = new ArrayList<>();
        coordinator.put(KEY, Bytes.utf8("1"), WriteOptions.DEFAULT, answers::add);
        ManualShard.Call slow = world.only(Stamp.class);
        world.runTimers(200);
        ManualShard.Call quick = world.only(Stamp.class);
        Siblings atQuick = stamp((Stamp) quick.request(), new Dot(new Actor(quick.node(), 1), 10));
        quick.reply(new Stamped(atQuick.versions().get(0).dot(), SiblingsCodec.encode(atQuick), 1));
        quick.reply(new Durable());
        world.all(Merge.class).stream()
                .filter(merge -> !merge.node().equals(slow.node()))
                .forEach(merge -> merge.reply(new Durable()));
        WriteAnswer written = ((Result.Done<WriteAnswer>) answers.get(0)).answer();

        Siblings atSlow = stamp((Stamp) slow.request(), new Dot(new Actor(slow.node(), 1), 11));
        slow.reply(new Stamped(atSlow.versions().get(0).dot(), SiblingsCodec.encode(atSlow), 1));

        Siblings replacement = atQuick.stamp(written.context(), tombstone(), 3);
        List<Siblings> withdrawals = world.all(Merge.class).stream()
                .filter(merge -> merge.node().equals(slow.node()))
                .map(merge -> SiblingsCodec.decode(((Merge) merge.request()).siblings()))
                .toList();
        assertThat(withdrawals).hasSize(1);
        assertThat(atSlow.merge(withdrawals.get(0)).merge(replacement).versions())
                .containsExactly(tombstone());
        assertThat(atSlow.merge(replacement).merge(withdrawals.get(0)).versions())
                .containsExactly(tombstone());
        assertThat(atSlow.merge(withdrawals.get(0)).versions()).isEqualTo(atQuick.versions());
    }

    private static Siblings stamp(Stamp stamp, Dot dot) {
        return Siblings.EMPTY.stamp(Context.EMPTY, new Sibling(dot, stamp.request(), stamp.value()), stamp.n());
    }

    private static Sibling tombstone() {
        return new Sibling(new Dot(new Actor("n2", 2), 20), new RequestId(1, 2), Optional.empty());
    }
}
