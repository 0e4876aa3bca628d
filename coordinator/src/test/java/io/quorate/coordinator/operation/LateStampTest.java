package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.Lost;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.Owe;
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
    private final QuorumCoordinator coordinator = new QuorumCoordinator(
            new Shard(world.cluster(), world, world, world, new SplittableRandom(1), new Patience(200)));

    private static final Dot SMALL = new Dot(new Actor("n1", 1), 10);
    private static final Dot GREAT = new Dot(new Actor("n2", 1), 11);

    @Test
    void whatReplacesItLeavesNothingOfTheSecondDot() {
        for (List<Dot> order : List.of(List.of(SMALL, GREAT), List.of(GREAT, SMALL))) {
            List<Result<WriteAnswer>> answers = new ArrayList<>();
            Stamps stamps = putStampedTwice(WriteOptions.DEFAULT, order, answers);
            WriteAnswer written = ((Result.Done<WriteAnswer>) answers.get(0)).answer();

            Siblings replacement = stamps.first().stamp(written.context(), tombstone(), 3);
            Siblings withdrawal = stamps.amended();
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

        Siblings all = here.first().merge(here.second()).merge(here.amended()).merge(there.amended());

        assertThat(all.distinct()).hasSize(1);
        assertThat(all.stamp(Context.EMPTY.withDot(SMALL), tombstone(), 3).versions())
                .containsExactly(tombstone());
        assertThat(all.stamp(Context.EMPTY.withDot(GREAT), tombstone(), 3).versions())
                .containsExactly(tombstone());
    }

    /** What the second stamp changed is owed to whom it did not reach, by a replica that knows of it. */
    @Test
    void whoMissesTheWithdrawalIsOwedIt() {
        Stamps stamps = putStampedTwice(WriteOptions.DEFAULT, List.of(SMALL, GREAT), new ArrayList<>());
        stamps.slow().reply(new Durable());
        assertThat(stamps.amendments()).hasSize(3);
        ManualShard.Call knows = stamps.amendments().stream()
                .filter(call -> !call.node().equals(stamps.slow().node()))
                .findFirst()
                .orElseThrow();
        List<ManualShard.Call> missing =
                stamps.amendments().stream().filter(call -> !call.equals(knows)).toList();

        missing.forEach(call -> call.reply(new Lost()));
        assertThat(world.all(Owe.class)).as("before all have answered").isEmpty();
        knows.reply(new Durable());

        ManualShard.Call owing = world.only(Owe.class);
        assertThat(owing.node()).isEqualTo(knows.node());
        assertThat(((Owe) owing.content()).targets())
                .containsExactlyInAnyOrderElementsOf(
                        missing.stream().map(ManualShard.Call::node).toList());
    }

    /** A second dot that must not be withdrawn goes to all, as the first did. */
    @Test
    void aSecondDotThatStaysIsSpread() {
        WriteOptions options = WriteOptions.DEFAULT.withIdempotencyKey("retry");
        Stamps stamps = putStampedTwice(options, List.of(GREAT, SMALL), new ArrayList<>());

        assertThat(stamps.amendments()).hasSize(3);
        assertThat(stamps.amended()).isEqualTo(stamps.first().merge(stamps.second()));
    }

    /** A token that names what no quorum holds might never be honoured: the replica that minted the second dot may die with it. */
    @Test
    void theTokenNamesASecondDotOnlyOnceAQuorumHoldsIt() {
        List<Result<WriteAnswer>> answers = new ArrayList<>();
        List<ManualShard.Call> amendments = putStampedTwiceBeforeItsAnswer(answers);

        assertThat(answers).as("before a quorum knows of the second dot").isEmpty();
        amendments.subList(0, 2).forEach(call -> call.reply(new Durable()));

        Context seen = ((Result.Done<WriteAnswer>) answers.get(0)).answer().context();
        assertThat(seen.covers(SMALL) && seen.covers(GREAT)).isTrue();
    }

    @Test
    void theTokenDoesNotNameASecondDotThatWasLost() {
        List<Result<WriteAnswer>> answers = new ArrayList<>();
        List<ManualShard.Call> amendments = putStampedTwiceBeforeItsAnswer(answers);

        amendments.get(0).reply(new Durable());
        amendments.subList(1, 3).forEach(call -> call.reply(new Lost()));

        Context seen = ((Result.Done<WriteAnswer>) answers.get(0)).answer().context();
        assertThat(seen.covers(SMALL)).isTrue();
        assertThat(seen.covers(GREAT)).isFalse();
    }

    /** A write that waits for its second dot is not failed for it. */
    @Test
    void aSilentSecondDotDelaysTheAnswerNoLongerThanItsDeadline() {
        List<Result<WriteAnswer>> answers = new ArrayList<>();
        putStampedTwiceBeforeItsAnswer(answers);

        world.runTimers(WriteOptions.DEFAULT.timeoutMillis());

        Context seen = ((Result.Done<WriteAnswer>) answers.get(0)).answer().context();
        assertThat(seen.covers(GREAT)).isFalse();
    }

    /** The write itself is held by all; returns what is sent of its second dot. */
    private List<ManualShard.Call> putStampedTwiceBeforeItsAnswer(List<Result<WriteAnswer>> answers) {
        coordinator.put(KEY, Bytes.utf8("1"), WriteOptions.DEFAULT, answers::add);
        ManualShard.Call slow = world.only(Stamp.class);
        world.runTimers(200);
        ManualShard.Call quick = world.only(Stamp.class);
        Stamp stamp = (Stamp) quick.content();
        quick.reply(new Stamped(SMALL, SiblingsCodec.encode(stamp(stamp, SMALL)), 1));
        List<ManualShard.Call> merges = world.all(Merge.class);
        slow.reply(new Stamped(GREAT, SiblingsCodec.encode(stamp(stamp, GREAT)), 1));
        quick.reply(new Durable());
        merges.forEach(merge -> merge.reply(new Durable()));
        return world.all(Merge.class);
    }

    /**
     * What two replicas made of one write, in the order in which its coordinator heard of it.
     *
     * @param slow the call to the second
     * @param amendments what the coordinator then sent to all
     */
    private record Stamps(Siblings first, Siblings second, ManualShard.Call slow, List<ManualShard.Call> amendments) {
        Siblings amended() {
            return SiblingsCodec.decode(((Merge) amendments.get(0).content()).siblings());
        }
    }

    private Stamps putStampedTwice(WriteOptions options, List<Dot> order, List<Result<WriteAnswer>> answers) {
        coordinator.put(KEY, Bytes.utf8("1"), options, answers::add);
        ManualShard.Call slow = world.only(Stamp.class);
        world.runTimers(200);
        ManualShard.Call quick = world.only(Stamp.class);
        Siblings first = stamp((Stamp) quick.content(), order.get(0));
        quick.reply(new Stamped(order.get(0), SiblingsCodec.encode(first), 1));
        quick.reply(new Durable());
        world.all(Merge.class).forEach(merge -> merge.reply(new Durable()));

        Siblings second = stamp((Stamp) slow.content(), order.get(1));
        slow.reply(new Stamped(order.get(1), SiblingsCodec.encode(second), 1));
        return new Stamps(first, second, slow, world.all(Merge.class));
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
