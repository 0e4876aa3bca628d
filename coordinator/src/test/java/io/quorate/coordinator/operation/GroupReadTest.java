package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.GroupAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.Refused.Reason;
import io.quorate.core.message.ReplicaReply.FetchedGroup;
import io.quorate.core.message.ReplicaReply.State;
import io.quorate.core.message.ReplicaRequest.FetchGroup;
import io.quorate.core.message.ReplicaRequest.Merge;
import io.quorate.core.message.ReplicaRequest.MergeAll;
import io.quorate.core.version.Actor;
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

/** A reader of a group is never shown an answer without its question. */
final class GroupReadTest {
    private static final Group GROUP = new Group("b", "t");
    private static final int TIMEOUT_MILLIS = 700;
    private static final State QUESTION = state("{t}question", 10);
    private static final State ANSWER = state("{t}answer", 20);
    private static final State OTHER = state("{t}other", 30);

    private final ManualShard world = new ManualShard("n1", "n2", "n3");
    private final QuorumCoordinator coordinator = new QuorumCoordinator(
            new Shard(world.cluster(), world, world, world, new SplittableRandom(1), new Patience(200)));
    private final List<Result<GroupAnswer>> answers = new ArrayList<>();

    @Test
    void replicasThatAgreeAreEnough() {
        List<ManualShard.Call> calls = read();

        calls.get(0).reply(fetched(QUESTION, ANSWER));
        assertThat(answers).isEmpty();
        calls.get(1).reply(fetched(QUESTION, ANSWER));

        assertThat(names()).containsExactly("{t}answer", "{t}question");
        assertThat(world.all(FetchGroup.class)).isEmpty();
    }

    @Test
    void aGroupOfWhichNothingIsKnownIsEmpty() {
        read().forEach(call -> call.reply(fetched()));

        assertThat(names()).isEmpty();
    }

    /**
     * The question is acknowledged by n1 and n3, n1 having answered this read just before; then the answer is given, and n2, which
     * missed the question, tells of it.
     */
    @Test
    void aReplicaThatAnsweredTooEarlyIsAskedAgain() {
        List<ManualShard.Call> calls = read();
        calls.get(0).reply(fetched());
        calls.get(1).reply(fetched(ANSWER));
        assertThat(answers).isEmpty();

        List<ManualShard.Call> again = world.all(FetchGroup.class);
        assertThat(again).hasSize(3);
        again.get(1).reply(fetched(ANSWER));
        again.get(0).reply(fetched(QUESTION, ANSWER));
        assertThat(answers).as("the second round brought something new").isEmpty();
        again.get(2).reply(fetched(QUESTION, ANSWER));

        assertThat(names()).containsExactly("{t}answer", "{t}question");
    }

    /** Nothing new in a whole round: what is shown was known to all who were asked before they answered. */
    @Test
    void replicasThatDifferForGoodDoNotHinderAnybody() {
        List<ManualShard.Call> calls = read();
        calls.get(0).reply(fetched(QUESTION));
        calls.get(1).reply(fetched());
        List<ManualShard.Call> again = world.all(FetchGroup.class);
        again.get(0).reply(fetched(QUESTION));
        again.get(1).reply(fetched());

        assertThat(names()).containsExactly("{t}question");
    }

    @Test
    void whoeverIsStaleIsSentAllThatItLacksAtOnce() {
        List<ManualShard.Call> calls = read();
        calls.get(0).reply(fetched(QUESTION, ANSWER, OTHER));
        calls.get(1).reply(fetched(QUESTION));
        List<ManualShard.Call> again = world.all(FetchGroup.class);
        again.get(0).reply(fetched(QUESTION, ANSWER, OTHER));
        again.get(1).reply(fetched(QUESTION));
        assertThat(world.all(MergeAll.class)).as("before all have answered").isEmpty();
        again.get(2).reply(new Lost());

        ManualShard.Call repair = world.only(MergeAll.class);
        assertThat(repair.node()).isEqualTo(again.get(1).node());
        assertThat(((MergeAll) repair.content()).merges())
                .extracting(Merge::key)
                .containsExactlyInAnyOrder(ANSWER.key(), OTHER.key());
    }

    /** Late news of an earlier round could be older than what a later one found. */
    @Test
    void answersToAnEarlierRoundDoNotCount() {
        List<ManualShard.Call> calls = read();
        calls.get(0).reply(fetched());
        calls.get(1).reply(fetched(ANSWER));
        calls.get(2).reply(fetched(ANSWER));

        assertThat(answers).isEmpty();
    }

    @Test
    void aGroupThatNeverSettlesIsNotShown() {
        List<ManualShard.Call> calls = read();
        calls.get(0).reply(fetched());
        calls.get(1).reply(fetched(QUESTION));

        world.runTimers(TIMEOUT_MILLIS);

        assertThat(failure()).isInstanceOf(Failure.GroupUnsettled.class);
        assertThat(failure().message()).contains("{t}").contains("retry");
    }

    @Test
    void tooFewReplicasAreNotEnough() {
        List<ManualShard.Call> calls = read();
        calls.get(0).reply(new Lost());
        calls.get(1).reply(new Refused(Reason.OVERLOADED, ""));

        assertThat(failure()).isInstanceOf(Failure.QuorumNotReached.class);
    }

    @Test
    void aGroupThatIsTooLargeSaysSo() {
        read().get(0).reply(new Refused(Reason.GROUP_TOO_LARGE, ""));

        assertThat(failure()).isInstanceOf(Failure.GroupTooLarge.class);
    }

    @Test
    void allAreAskedAnewByAnotherRing() {
        List<ManualShard.Call> calls = read();
        calls.get(0).reply(new Refused(Reason.OTHER_RING, ""));
        assertThat(world.otherRings).containsExactly(calls.get(0).node());
        world.runTimers(Shard.OTHER_RING_RETRY_MILLIS);

        world.all(FetchGroup.class).forEach(call -> call.reply(fetched(QUESTION)));

        assertThat(names()).containsExactly("{t}question");
    }

    private List<ManualShard.Call> read() {
        coordinator.readGroup(GROUP, ReadOptions.DEFAULT.withTimeoutMillis(TIMEOUT_MILLIS), answers::add);
        return world.all(FetchGroup.class);
    }

    private List<String> names() {
        assertThat(answers).hasSize(1);
        return ((Result.Done<GroupAnswer>) answers.get(0))
                .answer().entries().stream().map(entry -> entry.key().name()).toList();
    }

    private Failure failure() {
        assertThat(answers).hasSize(1);
        return ((Result.Failed<GroupAnswer>) answers.get(0)).failure();
    }

    private static State state(String name, long counter) {
        Sibling value = new Sibling(
                new Dot(new Actor("n1", 1), counter), new RequestId(0, counter), Optional.of(Bytes.utf8("1")));
        Siblings siblings = Siblings.EMPTY.stamp(Siblings.EMPTY.context(), value, 3);
        return new State(Key.of("b", name), SiblingsCodec.encode(siblings));
    }

    private static FetchedGroup fetched(State... states) {
        return new FetchedGroup(List.of(states));
    }
}
