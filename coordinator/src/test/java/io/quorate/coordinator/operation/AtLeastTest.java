package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.message.ClusterReply.Horizons;
import io.quorate.core.message.ClusterRequest.AskHorizons;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaRequest.Fetch;
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
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A read that is told what its reader knows never answers with less. */
final class AtLeastTest {
    private static final Key KEY = Key.of("b", "k");
    private static final Dot OLD = new Dot(new Actor("n1", 1), 10);
    private static final Dot NEW = new Dot(new Actor("n2", 1), 20);
    private static final Siblings BEFORE = state(Siblings.EMPTY, OLD, "1");
    private static final Siblings AFTER = state(BEFORE, NEW, "2");
    private static final int TIMEOUT_MILLIS = 500;

    private final ManualShard world = new ManualShard("n1", "n2", "n3");
    private final QuorumCoordinator coordinator = new QuorumCoordinator(
            new Shard(world.cluster(), world, world, world, new SplittableRandom(1), new Patience(200)));
    private final List<Result<ReadAnswer>> answers = new ArrayList<>();

    @Test
    void passesOverReplicasThatLag() {
        List<ManualShard.Call> calls = read(AFTER.context());

        calls.get(0).reply(fetched(BEFORE));
        assertThat(answers).isEmpty();
        calls.get(1).reply(fetched(AFTER));

        assertThat(versions()).containsExactly("2");
    }

    @Test
    void asksAgainUntilSomebodyKnows() {
        read(AFTER.context()).forEach(call -> call.reply(fetched(BEFORE)));
        assertThat(answers).isEmpty();

        world.runTimers(20);
        world.all(Fetch.class).get(2).reply(fetched(AFTER));

        assertThat(versions()).containsExactly("2");
    }

    @Test
    void answersNothingStaleAtTheDeadline() {
        read(AFTER.context()).forEach(call -> call.reply(fetched(BEFORE)));

        world.runTimers(TIMEOUT_MILLIS);

        assertThat(answers).hasSize(1);
        assertThat(((Result.Failed<ReadAnswer>) answers.get(0)).failure())
                .isInstanceOf(Failure.AtLeastNotReached.class);
    }

    /** Enough have replied, only with too little: that is no missing quorum. */
    @Test
    void oneThatIsSilentMakesItNoOtherFailure() {
        read(AFTER.context()).stream().limit(2).forEach(call -> call.reply(fetched(BEFORE)));

        world.runTimers(TIMEOUT_MILLIS);

        assertThat(answers).hasSize(1);
        assertThat(((Result.Failed<ReadAnswer>) answers.get(0)).failure())
                .isInstanceOf(Failure.AtLeastNotReached.class);
    }

    /** The tombstone of what the reader knows was reaped: that nobody knows it any more is the newest there is to know. */
    @Test
    void whatWasReapedIsKnown() {
        read(AFTER.context()).forEach(call -> call.reply(Fetched.ABSENT));
        assertThat(answers).isEmpty();
        int partition = world.cluster().ring().partitionOf(KEY);

        TreeMap<Integer, Long> horizons = new TreeMap<>();
        horizons.put(partition, NEW.counter());
        world.only(AskHorizons.class).reply(new Horizons(horizons));

        assertThat(versions()).isEmpty();
    }

    @Test
    void whatWasWrittenAfterTheHorizonIsNot() {
        read(AFTER.context()).forEach(call -> call.reply(Fetched.ABSENT));
        int partition = world.cluster().ring().partitionOf(KEY);

        TreeMap<Integer, Long> horizons = new TreeMap<>();
        horizons.put(partition, NEW.counter() - 1);
        world.only(AskHorizons.class).reply(new Horizons(horizons));

        assertThat(answers).isEmpty();
    }

    private List<ManualShard.Call> read(Context known) {
        ReadOptions options = ReadOptions.DEFAULT
                .withR(Quorum.ONE)
                .withTimeoutMillis(TIMEOUT_MILLIS)
                .withAtLeast(known);
        coordinator.get(KEY, options, answers::add);
        return world.all(Fetch.class);
    }

    private List<String> versions() {
        assertThat(answers).hasSize(1);
        return ((Result.Done<ReadAnswer>) answers.get(0))
                .answer().versions().stream()
                        .map(version -> version.value().orElseThrow().toUtf8())
                        .toList();
    }

    private static Siblings state(Siblings before, Dot dot, String value) {
        return before.stamp(
                before.context(), new Sibling(dot, new RequestId(0, dot.counter()), Optional.of(Bytes.utf8(value))), 3);
    }

    private static Fetched fetched(Siblings state) {
        Bytes encoded = SiblingsCodec.encode(state);
        return new Fetched(Hash.of(encoded), encoded, false);
    }
}
