package io.quorate.coordinator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.api.Explanation;
import io.quorate.coordinator.api.Explanation.Asked;
import io.quorate.coordinator.api.Explanation.Owed;
import io.quorate.coordinator.api.Explanation.Promise;
import io.quorate.coordinator.api.Explanation.Said;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.ReadOptions;
import io.quorate.coordinator.api.ReadRepair;
import io.quorate.coordinator.api.Result;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Shard.Patience;
import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.Key;
import io.quorate.core.cluster.Quorum;
import io.quorate.core.cluster.Ttl;
import io.quorate.core.message.Lost;
import io.quorate.core.message.Refused;
import io.quorate.core.message.ReplicaReply.Durable;
import io.quorate.core.message.ReplicaReply.Fetched;
import io.quorate.core.message.ReplicaReply.Stamped;
import io.quorate.core.message.ReplicaRequest.Fetch;
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
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The receipt of a request tells what became of it; a request that does not ask has none. */
final class ExplainTest {
    private static final Key KEY = Key.of("b", "k");
    private static final Dot DOT = new Dot(new Actor("n1", 1), 10);
    private static final Sibling VALUE = new Sibling(DOT, new RequestId(0, 1), Optional.of(Bytes.utf8("1")), 5_000);
    private static final Bytes STATE = SiblingsCodec.encode(Siblings.EMPTY.stamp(Context.EMPTY, VALUE, 3));

    private final ManualShard world = new ManualShard("n1", "n2", "n3", "n4");
    private final QuorumCoordinator coordinator = new QuorumCoordinator(
            new Shard(world.cluster(), world, world, world, new SplittableRandom(1), new Patience(200)));
    private final List<String> preference = world.cluster().ring().preference(0);
    private final List<Result<ReadAnswer>> reads = new ArrayList<>();
    private final List<Result<WriteAnswer>> writes = new ArrayList<>();

    @Test
    void aRead() {
        coordinator.get(KEY, ReadOptions.DEFAULT.withExplain(true), reads::add);
        List<ManualShard.Call> calls = world.all(Fetch.class);
        world.nowMillis = 3;
        calls.get(1).reply(Fetched.ABSENT);
        world.nowMillis = 5;
        calls.get(0).reply(new Fetched(Hash.of(STATE), STATE, false));

        Explanation told =
                ((Result.Done<ReadAnswer>) reads.get(0)).answer().explanation().orElseThrow();
        assertThat(told.preference()).isEqualTo(preference);
        Optional<Long> digest = Optional.of(Hash.of(STATE));
        assertThat(told.asked())
                .containsExactly(
                        asked(0, 0, new Said(5_000, "value", digest)),
                        asked(1, 0, new Said(3_000, "absent", Optional.empty())),
                        asked(2, 0));
        assertThat(told.merge())
                .contains(
                        new Explanation.Merge(1, ReadRepair.ASYNC, new TreeMap<>(Map.of(preference.get(1), "absent"))));
        assertThat(told.promise()).isEqualTo(new Promise(3, 2, 2, true, true));
        assertThat(told.owed()).isEmpty();
    }

    @Test
    void aReadThatMayMissSomething() {
        coordinator.get(KEY, ReadOptions.DEFAULT.withR(Quorum.ONE).withExplain(true), reads::add);
        world.all(Fetch.class).get(0).reply(Fetched.ABSENT);

        Explanation told =
                ((Result.Done<ReadAnswer>) reads.get(0)).answer().explanation().orElseThrow();
        assertThat(told.promise()).isEqualTo(new Promise(3, 1, 2, true, false));
        assertThat(told.merge().orElseThrow().states()).isZero();
    }

    @Test
    void aWriteThatAFallbackTook() {
        coordinator.put(KEY, Bytes.utf8("1"), WriteOptions.DEFAULT.withExplain(true), writes::add);
        ManualShard.Call stamp = world.only(Stamp.class);
        world.nowMillis = 2;
        stamp.reply(new Stamped(DOT, STATE, 1));
        stamp.reply(new Durable());
        world.all(Merge.class).forEach(call -> call.reply(new Refused(Refused.Reason.READ_ONLY, "full")));
        world.nowMillis = 9;
        world.only(Merge.class).reply(new Durable());

        Explanation told = ((Result.Done<WriteAnswer>) writes.get(0))
                .answer()
                .explanation()
                .orElseThrow();
        Said refused = new Said(2_000, "read_only", Optional.empty());
        assertThat(told.asked())
                .containsExactly(
                        asked(
                                0,
                                0,
                                new Said(2_000, "stamped", Optional.empty()),
                                new Said(2_000, "durable", Optional.empty())),
                        asked(1, 2_000, refused),
                        asked(2, 2_000, refused),
                        new Asked(
                                preference.get(3),
                                false,
                                Optional.of(preference.get(1)),
                                2_000,
                                List.of(new Said(9_000, "durable", Optional.empty()))));
        assertThat(told.owed()).containsExactly(new Owed(preference.get(1), preference.get(3)));
        assertThat(told.merge()).isEmpty();
        assertThat(told.promise()).isEqualTo(new Promise(3, 2, 2, true, true));
    }

    @Test
    void aReadThatDidNotReachR() {
        coordinator.get(KEY, ReadOptions.DEFAULT.withSloppy(false).withExplain(true), reads::add);
        List<ManualShard.Call> calls = world.all(Fetch.class);
        calls.get(0).reply(Fetched.ABSENT);
        world.nowMillis = 4;
        calls.get(1).reply(new Refused(Refused.Reason.READ_ONLY, "full"));
        calls.get(2).reply(new Lost());

        Explanation told =
                ((Result.Failed<ReadAnswer>) reads.get(0)).explanation().orElseThrow();
        assertThat(told.asked())
                .containsExactly(
                        asked(0, 0, new Said(0, "absent", Optional.empty())),
                        asked(1, 0, new Said(4_000, "read_only", Optional.empty())),
                        asked(2, 0, new Said(4_000, "connection_lost", Optional.empty())));
        assertThat(told.merge()).isEmpty();
        assertThat(told.promise()).isEqualTo(new Promise(3, 2, 2, false, true));
    }

    @Test
    void aWriteThatDidNotReachW() {
        coordinator.put(
                KEY, Bytes.utf8("1"), WriteOptions.DEFAULT.withSloppy(false).withExplain(true), writes::add);
        ManualShard.Call stamp = world.only(Stamp.class);
        stamp.reply(new Stamped(DOT, STATE, 1));
        stamp.reply(new Durable());
        world.all(Merge.class).forEach(call -> call.reply(new Refused(Refused.Reason.READ_ONLY, "full")));

        Explanation told =
                ((Result.Failed<WriteAnswer>) writes.get(0)).explanation().orElseThrow();
        Said refused = new Said(0, "read_only", Optional.empty());
        assertThat(told.asked().subList(1, 3)).containsExactly(asked(1, 0, refused), asked(2, 0, refused));
    }

    @Test
    void aFailureThatNobodyAskedToExplain() {
        coordinator.get(KEY, ReadOptions.DEFAULT.withSloppy(false), reads::add);
        world.all(Fetch.class).forEach(call -> call.reply(new Lost()));

        assertThat(((Result.Failed<ReadAnswer>) reads.get(0)).explanation()).isEmpty();
    }

    @Test
    void whoDoesNotAskIsToldNothing() {
        coordinator.get(KEY, ReadOptions.DEFAULT.withR(Quorum.ONE), reads::add);
        world.all(Fetch.class).get(0).reply(Fetched.ABSENT);
        assertThat(((Result.Done<ReadAnswer>) reads.get(0)).answer().explanation())
                .isEmpty();
    }

    /** Stamped once, by the replica: the answer says what that made of it. */
    @Test
    void aWriteIsToldWhenItsValueExpires() {
        Ttl ttl = Ttl.parse("30s").orElseThrow();
        coordinator.put(
                KEY, Bytes.utf8("1"), WriteOptions.DEFAULT.withW(Quorum.ONE).withTtl(ttl), writes::add);
        ManualShard.Call stamp = world.only(Stamp.class);
        assertThat(((Stamp) stamp.content()).ttlMillis()).isEqualTo(30_000);
        stamp.reply(new Stamped(DOT, STATE, 1));
        stamp.reply(new Durable());

        assertThat(((Result.Done<WriteAnswer>) writes.get(0)).answer().expiresMillis())
                .isEqualTo(5_000);
    }

    @Test
    void aDeleteDoesNotExpire() {
        coordinator.delete(KEY, WriteOptions.DEFAULT.withTtl(Ttl.parse("1s").orElseThrow()), writes::add);

        assertThat(((Stamp) world.only(Stamp.class).content()).ttlMillis()).isZero();
    }

    private Asked asked(int rank, long micros, Said... said) {
        return new Asked(preference.get(rank), true, Optional.empty(), micros, List.of(said));
    }
}
