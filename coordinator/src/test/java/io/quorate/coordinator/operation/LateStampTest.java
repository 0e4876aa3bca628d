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
import io.quorate.core.version.Receipt;
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

    private static final Dot SMALL = new Dot(new Actor("n1", 1), 10);
    private static final Dot GREAT = new Dot(new Actor("n2", 1), 11);

    @Test
    void whatReplacesItLeavesNothingOfTheSecondDot() {
        for (List<Dot> order : List.of(List.of(SMALL, GREAT), List.of(GREAT, SMALL))) {
            List<Result<WriteAnswer>> answers = new ArrayList<>();
            Stamps stamps = putStampedTwice(WriteOptions.DEFAULT, order, answers);
            WriteAnswer written = ((Result.Done<WriteAnswer>) answers.get(0)).answer();

            Siblings replacement = stamps.first().stamp(written.context(), tombstone(), 3);
            assertThat(stamps.withdrawals()).hasSize(1);
            Siblings withdrawal = stamps.withdrawals().get(0);
            assertThat(stamps.second().merge(withdrawal).merge(replacement).versions())
                    .containsExactly(tombstone());
            assertThat(stamps.second().merge(replacement).merge(withdrawal).versions())
                    .containsExactly(tombstone());
            assertThat(stamps.second().merge(withdrawal).versions())
                    .isEqualTo(stamps.first().versions());
        }
    }

    /** Two coordinators that carry out one request may hear of its two dots in opposite orders: each must leave what the other keeps. */
    @Test
    void aRetryElsewhereNeverHasBothDotsWithdrawn() {
        WriteOptions options = WriteOptions.DEFAULT.withIdempotencyKey("retry");
        Stamps here = putStampedTwice(options, List.of(SMALL, GREAT), new ArrayList<>());
        Stamps there = putStampedTwice(options, List.of(GREAT, SMALL), new ArrayList<>());

        Siblings all = here.first().merge(here.second());
        for (Siblings withdrawal : here.withdrawals()) {
            all = all.merge(withdrawal);
        }
        for (Siblings withdrawal : there.withdrawals()) {
            all = all.merge(withdrawal);
        }

        assertThat(all.distinct()).hasSize(1);
        assertThat(all.stamp(Context.EMPTY.withDot(SMALL), tombstone(), 3).versions())
                .containsExactly(tombstone());
        assertThat(all.stamp(Context.EMPTY.withDot(GREAT), tombstone(), 3).versions())
                .containsExactly(tombstone());
    }

    /** What two replicas made of one write, in the order in which its coordinator heard of it, and what it then sent to the second. */
    private record Stamps(Siblings first, Siblings second, List<Siblings> withdrawals) {}

    private Stamps putStampedTwice(WriteOptions options, List<Dot> order, List<Result<WriteAnswer>> answers) {
        coordinator.put(KEY, Bytes.utf8("1"), options, answers::add);
        ManualShard.Call slow = world.only(Stamp.class);
        world.runTimers(200);
        ManualShard.Call quick = world.only(Stamp.class);
        Siblings first = stamp((Stamp) quick.request(), order.get(0));
        quick.reply(new Stamped(order.get(0), SiblingsCodec.encode(first), 1));
        quick.reply(new Durable());
        world.all(Merge.class).stream()
                .filter(merge -> !merge.node().equals(slow.node()))
                .forEach(merge -> merge.reply(new Durable()));

        Siblings second = stamp((Stamp) slow.request(), order.get(1));
        slow.reply(new Stamped(order.get(1), SiblingsCodec.encode(second), 1));
        return new Stamps(first, second, withdrawalsAt(slow.node()));
    }

    private List<Siblings> withdrawalsAt(String node) {
        return world.all(Merge.class).stream()
                .filter(merge -> merge.node().equals(node))
                .map(merge -> SiblingsCodec.decode(((Merge) merge.request()).siblings()))
                .toList();
    }

    private static Siblings stamp(Stamp stamp, Dot dot) {
        Siblings stamped =
                Siblings.EMPTY.stamp(Context.EMPTY, new Sibling(dot, stamp.request(), stamp.value()), stamp.n());
        return stamp.idempotent() ? stamped.withReceipt(new Receipt(stamp.request(), dot)) : stamped;
    }

    private static Sibling tombstone() {
        return new Sibling(new Dot(new Actor("n2", 2), 20), new RequestId(1, 2), Optional.empty());
    }
}
