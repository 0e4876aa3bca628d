package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Failure;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.core.Bytes;
import io.quorate.core.Key;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Requests to a node that has just started. */
class ArrivalTest {
    private static final Key KEY = Key.of("b", "k");
    private static final int TIMEOUT_MILLIS = 100;

    private final ManualShard world = new ManualShard("n1", "n2", "n3");
    private final QuorumCoordinator coordinator = new QuorumCoordinator(
            new Shard(world.cluster(), world, world, world, new SplittableRandom(1), Shard.Patience.DEFAULT));
    private final List<Result<ReadAnswer>> reads = new ArrayList<>();
    private final List<Result<WriteAnswer>> writes = new ArrayList<>();

    @Test
    void theyWaitUntilAQuorumIsFound() {
        world.settled = false;
        world.unreachable.addAll(Set.of("n2", "n3"));
        get();
        put();
        world.runTimers(Arrival.LOOK_MILLIS);
        assertThat(world.all(Fetch.class)).isEmpty();

        world.unreachable.remove("n3");
        world.runTimers(Arrival.LOOK_MILLIS);

        assertThat(world.all(Fetch.class)).hasSize(2);
        assertThat(world.all(Stamp.class)).hasSize(1);
        assertThat(reads).isEmpty();
        assertThat(writes).isEmpty();
    }

    @Test
    void theyFailAtOnceWhenItIsKnownThatThereIsNone() {
        world.unreachable.addAll(Set.of("n2", "n3"));
        get();
        put();

        assertFailed();
    }

    @Test
    void theyFailWhenNoMoreIsToBeFoundOut() {
        world.settled = false;
        world.unreachable.addAll(Set.of("n2", "n3"));
        get();
        put();
        world.settled = true;
        world.runTimers(Arrival.LOOK_MILLIS);

        assertFailed();
    }

    @Test
    void theyFailInTheirTime() {
        world.settled = false;
        world.unreachable.addAll(Set.of("n2", "n3"));
        get();
        put();
        for (int waited = Arrival.LOOK_MILLIS; waited < TIMEOUT_MILLIS; waited += Arrival.LOOK_MILLIS) {
            assertThat(reads).isEmpty();
            world.runTimers(Arrival.LOOK_MILLIS);
        }

        assertFailed();
    }

    private void get() {
        coordinator.get(KEY, ReadOptions.DEFAULT.withTimeoutMillis(TIMEOUT_MILLIS), reads::add);
    }

    private void put() {
        coordinator.put(KEY, Bytes.utf8("1"), WriteOptions.DEFAULT.withTimeoutMillis(TIMEOUT_MILLIS), writes::add);
    }

    private void assertFailed() {
        assertThat(reads).singleElement().matches(read -> isNoQuorum(read));
        assertThat(writes).singleElement().matches(write -> isNoQuorum(write));
    }

    private static boolean isNoQuorum(Result<?> result) {
        return result instanceof Result.Failed<?> failed && failed.failure() instanceof Failure.QuorumNotReached;
    }
}
