package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.cluster.Claim;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.MemberEntry;
import io.quorate.core.cluster.MemberTable;
import io.quorate.core.cluster.Members;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Seat;
import io.quorate.core.cluster.Standing;
import io.quorate.core.message.Lost;
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
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A quorum of one zone: only its own replicas' words count, and they are asked first. */
final class LocalQuorumTest {
    private static final Key KEY = Key.of("b", "k");
    private static final MemberTable SIX = founding("n1", "a", "n2", "a", "n3", "a", "n4", "b", "n5", "b", "n6", "b");
    /** The zone that has two of the key's three replicas, and the one that has one. */
    private static final String MORE = zoneWith(SIX, 2);

    private static final String LESS = zoneWith(SIX, 1);

    private final List<Result<WriteAnswer>> written = new ArrayList<>();
    private final List<Result<ReadAnswer>> read = new ArrayList<>();
    private ManualShard world;
    private QuorumCoordinator coordinator;

    @Test
    void acknowledgementsOfAnotherZoneDoNotCount() {
        from(LESS, SIX);
        coordinator.put(KEY, Bytes.utf8("1"), local(true), written::add);
        ManualShard.Call stamping = world.only(Stamp.class);
        assertThat(zoneOf(stamping.node())).as("the zone's own replica stamps").isEqualTo(LESS);
        stamping.reply(stamped((Stamp) stamping.content()));

        List<ManualShard.Call> merges = world.all(Merge.class);
        assertThat(merges).as("all replicas are sent the write").hasSize(2);
        merges.forEach(call -> call.reply(new Durable()));
        assertThat(written).isEmpty();
        stamping.reply(new Durable());

        WriteAnswer answer = done(written);
        assertThat(answer.w()).isEqualTo(1);
        assertThat(answer.acks()).as("all are named that have it").hasSize(3);
        assertThat(answer.overlap()).as("reads in the other zone may miss it").isFalse();
    }

    @Test
    void aReadAsksItsZoneForTheValueAndTheOtherForDigests() {
        from(LESS, SIX);
        coordinator.get(KEY, localRead(), read::add);
        List<ManualShard.Call> fetches = world.all(Fetch.class);
        assertThat(fetches).hasSize(3);
        assertThat(fetches.stream()
                        .filter(call -> ((Fetch) call.content()).wholeBytesMax() == Integer.MAX_VALUE)
                        .map(call -> zoneOf(call.node())))
                .containsExactly(LESS);

        fetches.stream().filter(call -> !isIn(LESS, call)).forEach(call -> call.reply(fetched("remote")));
        assertThat(read).isEmpty();
        fetches.stream().filter(call -> isIn(LESS, call)).forEach(call -> call.reply(fetched("local")));

        assertThat(done(read).r()).isEqualTo(1);
    }

    @Test
    void ofTwoReplicasInTheZoneBothAreNeeded() {
        from(MORE, SIX);
        coordinator.get(KEY, localRead(), read::add);
        List<ManualShard.Call> fetches = world.all(Fetch.class);
        fetches.stream().filter(call -> !isIn(MORE, call)).forEach(call -> call.reply(Fetched.ABSENT));
        fetches.stream().filter(call -> isIn(MORE, call)).limit(1).forEach(call -> call.reply(Fetched.ABSENT));
        assertThat(read).isEmpty();
        fetches.stream().filter(call -> isIn(MORE, call)).skip(1).forEach(call -> call.reply(Fetched.ABSENT));

        assertThat(done(read).r()).isEqualTo(2);
    }

    @Test
    void whoeverStandsInForAReplicaIsOfItsZoneAndCounts() {
        from(LESS, SIX);
        coordinator.put(KEY, Bytes.utf8("1"), local(true), written::add);
        ManualShard.Call dying = world.only(Stamp.class);
        dying.reply(new Lost());
        ManualShard.Call second = world.only(Stamp.class);
        assertThat(zoneOf(second.node())).as("no other replica is near").isEqualTo(MORE);
        second.reply(stamped((Stamp) second.content()));
        second.reply(new Durable());
        world.all(Merge.class).stream().filter(call -> isIn(MORE, call)).forEach(call -> call.reply(new Durable()));
        assertThat(written)
                .as("two of the three replicas are no quorum of this zone")
                .isEmpty();
        world.runTimers(200);

        List<ManualShard.Call> standingIn = world.all(Merge.class);
        assertThat(standingIn).hasSize(1).allMatch(call -> isIn(LESS, call));
        assertThat(((Merge) standingIn.get(0).content()).owedTo()).containsExactly(dying.node());
        standingIn.get(0).reply(new Durable());
        done(written);
    }

    @Test
    void withoutStandInsAZoneWhoseReplicaFailsIsOutOfReach() {
        from(LESS, SIX);
        coordinator.put(KEY, Bytes.utf8("1"), local(false), written::add);
        world.only(Stamp.class).reply(new Lost());
        ManualShard.Call second = world.only(Stamp.class);
        second.reply(stamped((Stamp) second.content()));
        second.reply(new Durable());
        world.all(Merge.class).stream().filter(call -> isIn(LESS, call)).forEach(call -> call.reply(new Lost()));

        Failure.QuorumNotReached failure = (Failure.QuorumNotReached) failed(written);
        assertThat(failure.needed()).isEqualTo(1);
        assertThat(failure.message()).contains("w=local_quorum of n=3 needs 1", "of this zone and got 0");
    }

    @Test
    void aZoneWithoutAReplicaHasNoQuorum() {
        from("c", SIX);
        coordinator.get(KEY, localRead(), read::add);
        coordinator.put(KEY, Bytes.utf8("1"), local(true), written::add);

        assertThat(failed(read)).isInstanceOf(Failure.InvalidQuorum.class);
        assertThat(failed(read).message()).contains("none of the key's n=3 replicas is in the zone 'c'");
        assertThat(failed(written)).isInstanceOf(Failure.InvalidQuorum.class);
    }

    @Test
    void noLocalQuorumWithoutAZone() {
        world = new ManualShard(Optional.empty(), SIX);
        coordinator = coordinator();
        coordinator.get(KEY, localRead(), read::add);

        assertThat(failed(read)).isInstanceOf(Failure.InvalidQuorum.class);
        assertThat(failed(read).message()).contains("this coordinator is in none");
    }

    /** One node a zone; a second one joins this zone and takes the copy over: both must have a write until it has. */
    @Test
    void whileANodeComesBothSetsMustHaveALocalQuorum() {
        String newcomer = newcomerThatTakesOver();
        MemberTable before = founding("n1", "a", "n2", "b");
        from("a", joining(before, newcomer));
        coordinator.put(KEY, Bytes.utf8("1"), local(false, 2), written::add);
        ManualShard.Call stamping = world.only(Stamp.class);
        assertThat(stamping.node()).isEqualTo("n1");
        stamping.reply(stamped((Stamp) stamping.content()));
        stamping.reply(new Durable());
        List<ManualShard.Call> merges = world.all(Merge.class);
        merges.stream().filter(call -> call.node().equals("n2")).forEach(call -> call.reply(new Durable()));
        assertThat(written).isEmpty();

        merges.stream().filter(call -> call.node().equals(newcomer)).forEach(call -> call.reply(new Durable()));
        done(written);
    }

    private static String newcomerThatTakesOver() {
        return Stream.iterate(3, i -> i + 1)
                .map(i -> "n" + i)
                .filter(id -> Ring.of(joining(founding("n1", "a", "n2", "b"), id))
                        .otherPreference(0)
                        .orElseThrow()
                        .subList(0, 2)
                        .contains(id))
                .filter(id -> !Ring.of(joining(founding("n1", "a", "n2", "b"), id))
                        .otherPreference(0)
                        .orElseThrow()
                        .subList(0, 2)
                        .contains("n1"))
                .findFirst()
                .orElseThrow();
    }

    private static MemberTable joining(MemberTable before, String newcomer) {
        return before.with(new MemberEntry(
                newcomer,
                new Seat(newcomer, "a", 1, "s", Standing.JOINING, 2),
                new Claim("", "", "s", true, "", 0, 0, 1)));
    }

    private void from(String zone, MemberTable table) {
        world = new ManualShard(Optional.of(zone), table);
        coordinator = coordinator();
    }

    private QuorumCoordinator coordinator() {
        return new QuorumCoordinator(
                new Shard(world.cluster(), world, world, world, new SplittableRandom(1), new Patience(200)));
    }

    /** Ids and zones by turns. */
    private static MemberTable founding(String... nodes) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < nodes.length; i += 2) {
            members.add(new Member(nodes[i], "", "", nodes[i + 1], 1));
        }
        return MemberTable.founding(new Members("c", 1, 1, members));
    }

    private static String zoneWith(MemberTable table, long replicas) {
        Ring ring = Ring.of(table);
        return Stream.of("a", "b")
                .filter(zone -> ring.preference(0).stream()
                                .limit(3)
                                .filter(node -> ring.zoneOf(node).equals(Optional.of(zone)))
                                .count()
                        == replicas)
                .findFirst()
                .orElseThrow();
    }

    private static String zoneOf(String node) {
        return Ring.of(SIX).zoneOf(node).orElseThrow();
    }

    private static boolean isIn(String zone, ManualShard.Call call) {
        return zoneOf(call.node()).equals(zone);
    }

    private static ReadOptions localRead() {
        return ReadOptions.DEFAULT.withR(Quorum.LOCAL);
    }

    private static WriteOptions local(boolean sloppy) {
        return local(sloppy, 3);
    }

    private static WriteOptions local(boolean sloppy, int n) {
        return new WriteOptions(
                Optional.of(new Quorum.Count(n)),
                Optional.of(Quorum.LOCAL),
                Optional.of(sloppy),
                2_000,
                Context.EMPTY,
                Optional.empty());
    }

    private static <T> T done(List<Result<T>> results) {
        assertThat(results).hasSize(1);
        return ((Result.Done<T>) results.get(0)).answer();
    }

    private static <T> Failure failed(List<Result<T>> results) {
        assertThat(results).hasSize(1);
        return ((Result.Failed<T>) results.get(0)).failure();
    }

    private static Fetched fetched(String value) {
        Dot dot = new Dot(new Actor("n1", 1), 10);
        Bytes encoded = SiblingsCodec.encode(Siblings.EMPTY.stamp(
                Context.EMPTY, new Sibling(dot, new RequestId(0, 1), Optional.of(Bytes.utf8(value))), 3));
        return new Fetched(Hash.of(encoded), encoded, false);
    }

    private static Stamped stamped(Stamp stamp) {
        Dot dot = new Dot(new Actor("n1", 1), 10);
        Siblings state =
                Siblings.EMPTY.stamp(Context.EMPTY, new Sibling(dot, stamp.request(), stamp.value()), stamp.n());
        return new Stamped(dot, SiblingsCodec.encode(state), 1);
    }
}
