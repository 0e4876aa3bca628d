package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.GroupWrite;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaReply.StampedAll;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.MergeAll;
import io.quorate.core.message.ReplicaRequest.Owe;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.message.ReplicaRequest.StampAll;
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
import org.junit.jupiter.api.Test;

/** Several writes of a group are stamped, sent on and acknowledged as one. */
final class GroupWriteTest {
    private static final Key A = Key.of("b", "{t}a");
    private static final Key B = Key.of("b", "{t}b");
    private static final Dot SEEN = new Dot(new Actor("n9", 9), 3);

    private final ManualShard world = new ManualShard("n1", "n2", "n3", "n4", "n5");
    private final QuorumCoordinator coordinator = new QuorumCoordinator(
            new Shard(world.cluster(), world, world, world, new SplittableRandom(1), new Patience(200)));
    private final List<Result<List<WriteAnswer>>> answers = new ArrayList<>();

    @Test
    void eachWriteGetsADotAndItsOwnContext() {
        write(WriteOptions.DEFAULT);
        ManualShard.Call first = world.only(StampAll.class);
        StampAll request = (StampAll) first.content();
        assertThat(request.stamps()).extracting(Stamp::key).containsExactly(A, B);
        assertThat(request.stamps())
                .extracting(Stamp::seen)
                .containsExactly(Context.EMPTY, Context.EMPTY.withDot(SEEN));

        first.reply(stamped(request, 10));
        List<ManualShard.Call> merges = world.all(MergeAll.class);
        assertThat(merges).hasSize(2);
        assertThat(((MergeAll) merges.get(0).content()).merges())
                .extracting(Merge::key)
                .containsExactly(A, B);
        first.reply(new Durable());
        assertThat(answers).isEmpty();
        merges.get(0).reply(new Durable());

        List<WriteAnswer> done = ((Result.Done<List<WriteAnswer>>) answers.get(0)).answer();
        assertThat(done).extracting(answer -> answer.dot().counter()).containsExactly(10L, 11L);
        assertThat(done.get(0).acks()).hasSize(2);
    }

    /** Whoever did not acknowledge is owed every key. */
    @Test
    void whoMissedThemIsOwedThemAll() {
        write(WriteOptions.DEFAULT);
        ManualShard.Call first = world.only(StampAll.class);
        first.reply(stamped((StampAll) first.content(), 10));
        first.reply(new Durable());
        List<ManualShard.Call> merges = world.all(MergeAll.class);
        merges.get(0).reply(new Durable());
        merges.get(1).reply(new Lost());

        List<ManualShard.Call> owing = world.all(Owe.class);
        assertThat(owing).extracting(call -> ((Owe) call.content()).key()).containsOnly(A, B);
        assertThat(owing)
                .extracting(call -> ((Owe) call.content()).targets())
                .containsOnly(List.of(merges.get(1).node()));
    }

    /** A group's readers ask its own replicas, so nobody else stands in unless the request says so. */
    @Test
    void nobodyStandsInForAReplicaOfAKeyWithATag() {
        coordinator.put(A, Bytes.utf8("1"), WriteOptions.DEFAULT, answer -> {});
        world.only(Stamp.class).reply(new Lost());
        world.only(Stamp.class).reply(new Lost());
        world.only(Stamp.class).reply(new Lost());
        assertThat(world.all(Stamp.class)).isEmpty();

        coordinator.put(Key.of("b", "a"), Bytes.utf8("1"), WriteOptions.DEFAULT, answer -> {});
        for (int i = 0; i < 5; i++) {
            world.only(Stamp.class).reply(new Lost());
        }
    }

    @Test
    void aRefusalOfOneIsARefusalOfAll() {
        write(WriteOptions.DEFAULT);
        for (int i = 0; i < 3; i++) {
            world.only(StampAll.class).reply(new Refused(Reason.TOO_MANY_SIBLINGS, ""));
        }

        assertThat(((Result.Failed<List<WriteAnswer>>) answers.get(0)).failure())
                .isInstanceOf(Failure.TooManySiblings.class);
        assertThat(world.all(MergeAll.class)).isEmpty();
    }

    /** A slow replica stamps them again: both dots of each are known to all in the end. */
    @Test
    void aSecondStampIsWithdrawnKeyByKey() {
        write(WriteOptions.DEFAULT);
        ManualShard.Call slow = world.only(StampAll.class);
        world.runTimers(200);
        ManualShard.Call quick = world.only(StampAll.class);
        quick.reply(stamped((StampAll) quick.content(), 10));
        slow.reply(stamped((StampAll) slow.content(), 20));

        List<ManualShard.Call> amendments = world.all(Merge.class);
        assertThat(amendments).hasSize(6);
        Siblings amended = SiblingsCodec.decode(((Merge) amendments.get(0).content()).siblings());
        assertThat(amended.versions()).hasSize(1);
        assertThat(amended.context().covers(new Dot(new Actor("n1", 1), 20))).isTrue();
    }

    @Test
    void keysOfSeveralGroupsAreNotWrittenTogether() {
        List<List<Key>> wrong = List.of(
                List.of(A, Key.of("b", "{u}a")),
                List.of(A, A),
                List.of(A, Key.of("c", "{t}a")),
                List.of(Key.of("b", "x")));
        for (List<Key> keys : wrong) {
            List<GroupWrite> writes = keys.stream()
                    .map(key -> new GroupWrite(key, Optional.empty(), Context.EMPTY))
                    .toList();
            assertThatThrownBy(() -> coordinator.writeGroup(writes, WriteOptions.DEFAULT, answers::add))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void write(WriteOptions options) {
        coordinator.writeGroup(
                List.of(
                        new GroupWrite(A, Optional.of(Bytes.utf8("1")), Context.EMPTY),
                        new GroupWrite(B, Optional.empty(), Context.EMPTY.withDot(SEEN))),
                options,
                answers::add);
    }

    private static StampedAll stamped(StampAll request, long counter) {
        List<Stamped> all = new ArrayList<>();
        for (Stamp stamp : request.stamps()) {
            Dot dot = new Dot(new Actor("n1", 1), counter + all.size());
            Siblings state = Siblings.EMPTY.stamp(stamp.seen(), new Sibling(dot, stamp.request(), stamp.value()), 3);
            all.add(new Stamped(dot, SiblingsCodec.encode(state), 1));
        }
        return new StampedAll(all);
    }
}
