package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Seat;
import io.quorate.core.cluster.Standing;
import io.quorate.core.message.Fenced;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.ring.Ring;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests while a member comes: a quorum of either set, and another try when a node goes by another ring. */
final class ChangingRingTest {
    private static final Key KEY = Key.of("b", "k");
    private static final Refused OTHER_RING = new Refused(Reason.OTHER_RING, "");
    private static final MemberTable BEFORE = MemberTable.founding(new Members(
            "c",
            1,
            1,
            Stream.of("n1", "n2").map(id -> new Member(id, "", "", "", 1)).toList()));
    private static final MemberTable JOINING = BEFORE.with(new MemberEntry(
            "n3", new Seat("n3", "", 1, "s", Standing.JOINING, 2), new Claim("", "", "s", true, "", 0, 0, 1)));

    private final ManualShard world = new ManualShard("n1", "n2");
    private final QuorumCoordinator coordinator = new QuorumCoordinator(
            new Shard(world.cluster(), world, world, world, new SplittableRandom(1), new Patience(200)));
    private final List<Result<WriteAnswer>> written = new ArrayList<>();
    private final List<Result<ReadAnswer>> read = new ArrayList<>();

    @BeforeEach
    void change() {
        world.change(JOINING);
    }

    /** w=2 of n=2 is both old nodes; of the new set's two, one may be the newcomer. */
    @Test
    void aWriteNeedsAQuorumOfThoseThatHaveTheKeyAndOfThoseThatWill() {
        List<String> after = Ring.of(JOINING).otherPreference(0).orElseThrow().subList(0, 2);
        coordinator.put(KEY, Bytes.utf8("1"), twoOfTwo(), written::add);
        ManualShard.Call stamping = world.only(Stamp.class);
        stamping.reply(stamped((Stamp) stamping.content()));
        stamping.reply(new Durable());
        List<ManualShard.Call> merges = world.all(Merge.class);
        assertThat(merges.stream().map(ManualShard.Call::node).toList())
                .containsAll(after.stream()
                        .filter(node -> !node.equals(stamping.node()))
                        .toList());

        merges.stream().filter(call -> !call.node().equals("n3")).forEach(call -> call.reply(new Durable()));
        assertThat(written.isEmpty()).isEqualTo(after.contains("n3"));

        merges.stream().filter(call -> call.node().equals("n3")).forEach(call -> call.reply(new Durable()));
        assertThat(written).hasSize(1).first().isInstanceOf(Result.Done.class);
    }

    @Test
    void aReadGoesByTheOldSetUntilTheNewcomerHasItsData() {
        coordinator.get(KEY, ReadOptions.DEFAULT, read::add);

        assertThat(world.all(Fetch.class).stream().map(ManualShard.Call::node)).containsExactlyInAnyOrder("n1", "n2");
    }

    @Test
    void aWriteThatANodeOfAnotherRingRefusedIsAimedAnewByTheRingThatWasLearned() {
        world.change(BEFORE);
        coordinator.put(KEY, Bytes.utf8("1"), twoOfTwo(), written::add);
        ManualShard.Call stamping = world.only(Stamp.class);
        assertThat(((Fenced) stamping.request()).ring())
                .isEqualTo(Ring.of(BEFORE).digest());

        stamping.reply(OTHER_RING);
        assertThat(world.otherRings).containsExactly(stamping.node());
        world.change(JOINING);
        world.runTimers(Shard.OTHER_RING_RETRY_MILLIS);

        ManualShard.Call again = world.only(Stamp.class);
        assertThat(((Fenced) again.request()).ring()).isEqualTo(Ring.of(JOINING).digest());
        assertThat(((Stamp) again.content()).request())
                .as("it is the same write")
                .isEqualTo(((Stamp) stamping.content()).request());
        again.reply(stamped((Stamp) again.content()));
        again.reply(new Durable());
        world.all(Merge.class).forEach(call -> call.reply(new Durable()));
        assertThat(written).hasSize(1).first().isInstanceOf(Result.Done.class);
    }

    /** It holds the write, but no reader will ask it. */
    @Test
    void anAcknowledgementOfOneThatHasLeftDoesNotCount() {
        world.change(BEFORE);
        coordinator.put(KEY, Bytes.utf8("1"), twoOfTwo(), written::add);
        ManualShard.Call stamping = world.only(Stamp.class);
        stamping.reply(stamped((Stamp) stamping.content()));
        stamping.reply(new Durable());
        world.only(Merge.class).reply(OTHER_RING);
        world.change(without(stamping.node()));
        world.runTimers(Shard.OTHER_RING_RETRY_MILLIS);

        List<ManualShard.Call> merges = world.all(Merge.class);
        assertThat(merges).hasSize(2);
        merges.get(0).reply(new Durable());
        assertThat(written).isEmpty();
        merges.get(1).reply(new Durable());
        assertThat(written).hasSize(1).first().isInstanceOf(Result.Done.class);
    }

    @Test
    void anAnswerOfOneThatHasLeftDoesNotCount() {
        world.change(BEFORE);
        coordinator.get(KEY, twoReplies(), read::add);
        List<ManualShard.Call> first = world.all(Fetch.class);
        first.get(1).reply(OTHER_RING);
        world.change(without(first.get(0).node()));
        world.runTimers(Shard.OTHER_RING_RETRY_MILLIS);

        List<ManualShard.Call> again = world.all(Fetch.class);
        assertThat(again).hasSize(2);
        first.get(0).reply(Fetched.ABSENT);
        again.get(0).reply(Fetched.ABSENT);
        assertThat(read).isEmpty();
        again.get(1).reply(Fetched.ABSENT);
        assertThat(read).hasSize(1).first().isInstanceOf(Result.Done.class);
    }

    @Test
    void aReadThatWasRefusedAsksAnew() {
        world.change(BEFORE);
        coordinator.get(KEY, ReadOptions.DEFAULT, read::add);
        world.all(Fetch.class).forEach(call -> call.reply(OTHER_RING));
        assertThat(read).isEmpty();
        world.change(JOINING);
        world.runTimers(Shard.OTHER_RING_RETRY_MILLIS);

        List<ManualShard.Call> again = world.all(Fetch.class);
        assertThat(again)
                .allMatch(call ->
                        ((Fenced) call.request()).ring() == Ring.of(JOINING).digest());
        again.forEach(call -> call.reply(Fetched.ABSENT));
        assertThat(read).hasSize(1).first().isInstanceOf(Result.Done.class);
    }

    /** After n3 has come and another has gone. */
    private static MemberTable without(String leaver) {
        return JOINING.decide("n3", Standing.ACTIVE).decide(leaver, Standing.LEFT);
    }

    private static ReadOptions twoReplies() {
        return new ReadOptions(
                Optional.of(new Quorum.Count(2)),
                Optional.of(new Quorum.Count(2)),
                Optional.of(false),
                2_000,
                ReadRepair.OFF,
                Context.EMPTY);
    }

    private static WriteOptions twoOfTwo() {
        return new WriteOptions(
                Optional.of(new Quorum.Count(2)),
                Optional.of(new Quorum.Count(2)),
                Optional.of(false),
                2_000,
                Context.EMPTY,
                Optional.empty());
    }

    private static Stamped stamped(Stamp stamp) {
        Dot dot = new Dot(new Actor("n1", 1), 10);
        Siblings state =
                Siblings.EMPTY.stamp(Context.EMPTY, new Sibling(dot, stamp.request(), stamp.value()), stamp.n());
        return new Stamped(dot, SiblingsCodec.encode(state), 1);
    }
}
