package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.quorate.core.cluster.Quorum;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest.Fetch;
import io.quorate.core.message.ReplicaRequest.Stamp;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import io.quorate.core.version.RequestId;
import io.quorate.core.version.Sibling;
import io.quorate.core.version.Siblings;
import io.quorate.core.version.SiblingsCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A session carries by itself what it has seen. */
final class SessionTokensTest {
    private static final Key KEY = Key.of("b", "k");
    private static final Key OTHER = Key.of("b", "other");
    private static final Dot DOT = new Dot(new Actor("n1", 1), 10);
    private static final ReadOptions READ = ReadOptions.DEFAULT.withR(Quorum.ONE);
    private static final WriteOptions WRITE = WriteOptions.DEFAULT.withW(Quorum.ONE);

    private final ManualShard world = new ManualShard("n1", "n2", "n3");
    private final QuorumCoordinator node = new QuorumCoordinator(
            new Shard(world.cluster(), world, world, world, new SplittableRandom(1), new Patience(200)));
    private final SessionTokens session = new SessionTokens(1);
    private final List<Result<ReadAnswer>> reads = new ArrayList<>();
    private final List<Result<WriteAnswer>> writes = new ArrayList<>();

    @Test
    void aReadReflectsWhatTheSessionWrote() {
        Siblings state = put();

        session.get(node, KEY, READ, reads::add);
        List<ManualShard.Call> calls = world.all(Fetch.class);
        calls.get(0).reply(Fetched.ABSENT);
        assertThat(reads).as("a replica that lags says nothing").isEmpty();
        calls.get(1).reply(fetched(state));

        assertThat(((Result.Done<ReadAnswer>) reads.get(0)).answer().isFound()).isTrue();
    }

    @Test
    void aWriteReplacesWhatTheSessionWasShown() {
        session.get(node, KEY, READ, reads::add);
        world.all(Fetch.class).get(0).reply(fetched(state()));

        session.delete(node, KEY, WRITE, writes::add);

        assertThat(((Stamp) world.only(Stamp.class).content()).seen()).isEqualTo(state().context());
    }

    @Test
    void itIsWhatItWasAfterAJourney() {
        put();

        SessionTokens elsewhere = SessionTokens.decode(session.encode(), 1);

        assertThat(elsewhere.seenOf(KEY)).isEqualTo(session.seenOf(KEY)).isNotEqualTo(Context.EMPTY);
        assertThat(elsewhere.encode()).isEqualTo(session.encode());
    }

    @Test
    void itFollowsNoMoreKeysThanItMay() {
        put();
        session.get(node, OTHER, READ, reads::add);

        assertThat(((Result.Failed<ReadAnswer>) reads.get(0)).failure()).isInstanceOf(Failure.SessionFull.class);
        assertThat(world.all(Fetch.class)).isEmpty();

        session.forget(KEY);
        session.get(node, OTHER, READ, reads::add);
        assertThat(world.all(Fetch.class)).hasSize(3);
        assertThat(session.seenOf(KEY)).isEqualTo(Context.EMPTY);
    }

    @Test
    void whatIsNoSessionIsRefused() {
        put();
        byte[] bytes = session.encode().array();
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 1;
            Bytes cut = Bytes.wrap(Arrays.copyOf(bytes, i));
            assertThatThrownBy(() -> SessionTokens.decode(Bytes.wrap(damaged), 1))
                    .isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> SessionTokens.decode(cut, 1)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> SessionTokens.decode(session.encode(), 0)).isInstanceOf(MalformedException.class);
    }

    private Siblings put() {
        session.put(node, KEY, Bytes.utf8("1"), WRITE, writes::add);
        ManualShard.Call stamp = world.only(Stamp.class);
        stamp.reply(new Stamped(DOT, SiblingsCodec.encode(state()), 1));
        stamp.reply(new Durable());
        assertThat(writes).hasSize(1);
        return state();
    }

    private static Siblings state() {
        return Siblings.EMPTY.stamp(
                Context.EMPTY, new Sibling(DOT, new RequestId(0, 1), Optional.of(Bytes.utf8("1"))), 3);
    }

    private static Fetched fetched(Siblings state) {
        Bytes encoded = SiblingsCodec.encode(state);
        return new Fetched(Hash.of(encoded), encoded, false);
    }
}
